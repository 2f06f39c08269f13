import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { figureCellsSchema, type FigureCells } from '#modules/assessment/figures/cells.ts';
import { basisOf } from '#modules/assessment/figures/count.server.ts';
import { placedQuery, savedQuery } from '#modules/assessment/figures/figure.ts';
import { system } from '#platform/actor.ts';
import { canonical } from '#platform/canonical.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { inLimitedWorker, WorkStopped } from '#platform/limited-worker.server.ts';
import { problem } from '#platform/problem.ts';
import { startsIn, type Ground } from './groups.ts';
import type { JudgedFigure, JudgeInput } from './judge.ts';
import { startOf } from './starts.ts';

const verdictSchema = z.union([
	z.object({
		patterns: z.array(z.object({ id: z.string(), cells: figureCellsSchema, n: z.int().nullable(), held: z.int(), small: z.int(), of: z.int() })),
		unguarded: z.object({ alone: z.int(), together: z.int(), pairs: z.array(z.object({ from: z.string(), less: z.string() })) })
	}),
	z.object({ refused: z.enum(['figure.no-pattern', 'figure.entangled', 'figure.below-zero', 'figure.contradicts']), ids: z.array(z.string()) })
]);
export type JudgedRelease = z.output<typeof verdictSchema>;

/** Seconds that a person waits for at most, and a job. */
export const limits = { page: { megabytes: 512, seconds: 20 }, job: { megabytes: 1536, seconds: 1800 } } as const;

/** Verdicts worked out before, by what they rest on. */
const known = new Map<string, JudgedRelease>();
const mostKnown = 100;

/**
 * Judges figures that are to be published together, beside everything the ledger holds about the same people.
 * @param within what it may take; a page's by default
 * @throws Problem `release.takes-long` (409) when that is not enough: then a job has to work it out
 */
export async function judgeFigures(tx: Tx, programmeId: string, figureIds: readonly string[], within: (typeof limits)['page' | 'job'] = limits.page): Promise<JudgedRelease> {
	if (figureIds.length === 0) return { patterns: [], unguarded: { alone: 0, together: 0, pairs: [] } };
	const inputs = await inputsFor(tx, programmeId, [...new Set(figureIds)].sort());
	const digest = createHash('sha256').update(canonical({ version: 1, inputs })).digest();
	const name = digest.toString('hex');
	const before = known.get(name) ?? (await keptVerdict(tx, programmeId, digest));
	if (before) return before;
	const verdict = joined(await Promise.all(inputs.map((input) => worked(input, within))));
	known.set(name, verdict);
	for (const [oldest] of known) if (known.size > mostKnown) known.delete(oldest);
	if (within === limits.job) {
		const row = { programmeId, digest, verdict: JSON.stringify(verdict) };
		await tx.insertInto('releases.judgement').values(row).onConflict((on) => on.columns(['programmeId', 'digest']).doNothing()).execute();
	}
	return verdict;
}

async function worked(input: JudgeInput, within: { megabytes: number; seconds: number }): Promise<JudgedRelease> {
	try {
		return verdictSchema.parse(await inLimitedWorker('#modules/releases/judge/judge.worker.ts', input, within));
	} catch (error) {
		if (error instanceof WorkStopped && error.reason !== 'died') throw problem('release.takes-long', 409);
		throw error;
	}
}

async function keptVerdict(tx: Tx, programmeId: string, digest: Buffer): Promise<JudgedRelease | null> {
	const kept = await tx.selectFrom('releases.judgement').select('verdict').where('programmeId', '=', programmeId).where('digest', '=', digest).executeTakeFirst();
	return kept ? verdictSchema.parse(kept.verdict) : null;
}

/** Verdicts on people and on survivors, whose thresholds differ, as one. */
function joined(verdicts: readonly JudgedRelease[]): JudgedRelease {
	const patterns = verdicts.flatMap((each) => ('patterns' in each ? each.patterns : []));
	for (const verdict of verdicts) if ('refused' in verdict) return verdict;
	const all = verdicts.flatMap((each) => ('patterns' in each ? [each.unguarded] : []));
	return {
		patterns,
		unguarded: { alone: all.reduce((sum, each) => sum + each.alone, 0), together: all.reduce((sum, each) => sum + each.together, 0), pairs: all.flatMap((each) => each.pairs) }
	};
}

const figureQuery = (tx: Tx) =>
	tx
		.selectFrom('assessment.figure as f')
		.select(['f.id', 'f.roundId', 'f.placeId', 'f.measure', 'f.question', 'f.split', 'f.filter', 'f.query', 'f.cutOff', 'f.n', 'f.unit', 'f.resultSha256']);
type FigureRow = Awaited<ReturnType<ReturnType<typeof figureQuery>['execute']>>[number];

/** One input for each unit among the figures: what is to be published, and what was published of the same rounds. */
async function inputsFor(tx: Tx, programmeId: string, figureIds: readonly string[]): Promise<JudgeInput[]> {
	const figures = await figureQuery(tx).where('f.programmeId', '=', programmeId).where('f.id', 'in', [...figureIds]).orderBy('f.id').execute();
	const exact = await asActor(tx, system('release'), () => tx.selectFrom('assessment.figureExact').select(['figureId', 'cells']).where('figureId', 'in', [...figureIds]).execute());
	const cellsOf = new Map(exact.map(({ figureId, cells }) => [figureId, figureCellsSchema.parse(cells)]));
	const rounds = [...new Set(figures.map((figure) => figure.roundId))];
	const earlier = rounds.length === 0 ? [] : await figureQuery(tx)
		.innerJoin('releases.releaseFigure as r', 'r.figureId', 'f.id')
		.innerJoin('releases.release as e', 'e.id', 'r.releaseId')
		.select(['r.cells as shown', 'r.n as shownN', 'r.held', 'e.number'])
		.where('f.roundId', 'in', rounds).where('f.programmeId', '=', programmeId).orderBy('e.number').orderBy('f.id').execute();
	const grounds: Record<string, Ground> = {};
	const moments = new Map<string, number>();
	for (const round of rounds) {
		const own = [...figures, ...earlier].filter((figure) => figure.roundId === round);
		for (const [at, same] of await sameAnswers(tx, round, own.map((figure) => figure.cutOff))) moments.set(`${round}${at}`, same);
		const heads = [...earlier.filter((row) => row.roundId === round).map((row) => figureCellsSchema.parse(row.shown)), ...own.flatMap((row) => cellsOf.get(row.id) ?? [])];
		grounds[round] = await groundOf(tx, programmeId, round, own, heads);
	}
	const judged = (row: FigureRow, id: string, cells: FigureCells, n: number | null): JudgedFigure => {
		const query = placedQuery(savedQuery(row), row.placeId);
		const level = grounds[row.roundId]?.variables.find((each) => each.path === query.of)?.repeats.at(-1) ?? '';
		return { id, query, cells, n, roundId: row.roundId, level, cutOff: moments.get(`${row.roundId}${row.cutOff.getTime()}`) ?? row.cutOff.getTime() };
	};
	const before = earlier.map((row) => judged(row, `R-${row.number} ${row.id}`, figureCellsSchema.parse(row.shown), row.held === null ? row.n : row.shownN));
	const units = Map.groupBy(figures, (figure) => (figure.unit === 'survivors' ? 'survivors' : 'people'));
	const inputs: JudgeInput[] = [];
	for (const [unit, rows] of units) {
		const [first] = rows;
		const threshold = first ? (await basisOf(tx, first.roundId)).threshold : 10;
		inputs.push({ unit, threshold, grounds, earlier: before, figures: rows.flatMap((row) => (cellsOf.has(row.id) ? [judged(row, row.id, cellsOf.get(row.id) ?? { series: [], rows: [] }, row.n)] : [])) });
	}
	return inputs;
}

/** For each cut-off the earliest one since when nothing came in or changed. */
async function sameAnswers(tx: Tx, roundId: string, cutOffs: readonly Date[]): Promise<[number, number][]> {
	const all = [...new Map(cutOffs.map((each) => [each.getTime(), each])).values()].sort((a, b) => a.getTime() - b.getTime());
	const { rows } = await sql<{ same: Date[] | null }>`select assessment.same_answers(${roundId}::uuid, ${all}::timestamptz[]) as same`.execute(tx);
	return all.map((each, i) => [each.getTime(), rows[0]?.same?.[i]?.getTime() ?? each.getTime()]);
}

async function groundOf(tx: Tx, programmeId: string, roundId: string, figures: readonly FigureRow[], cells: readonly FigureCells[]): Promise<Ground> {
	const { variables, timeZone } = await basisOf(tx, roundId);
	const places = await tx.selectFrom('network.place').select(['id', 'path']).where('programmeId', '=', programmeId).orderBy('id').execute();
	const byLabel = new Map(places.map((place) => [place.id.replaceAll('-', ''), place.id]));
	const months = cells.flatMap((each) => each.series.flatMap(({ key, parts }) => parts?.map((part) => part.key) ?? [key])).filter((key) => /^\d{4}-\d{2}$/.test(key));
	const days = figures.flatMap((figure) => startsIn(savedQuery(figure), months));
	return {
		variables,
		places: places.map((place) => ({ id: place.id, within: place.path.split('.').flatMap((label) => byLabel.get(label) ?? []) })),
		starts: Object.fromEntries([...new Set(days)].sort().map((day) => [day, startOf(day, timeZone)]))
	};
}
