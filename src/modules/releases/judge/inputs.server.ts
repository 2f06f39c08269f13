import { sql } from 'kysely';
import { figureCellsSchema, type FigureCells } from '#modules/assessment/figures/cells.ts';
import { getMappings, mappingFor } from '#modules/assessment/figures/compare.server.ts';
import { basisOf, type Basis } from '#modules/assessment/figures/count.server.ts';
import { placedQuery, savedQuery } from '#modules/assessment/figures/figure.ts';
import type { Mapping } from '#modules/assessment/figures/mapping.ts';
import { pathsOf, type Measure } from '#modules/assessment/figures/query.ts';
import { system } from '#platform/actor.ts';
import { canonical } from '#platform/canonical.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { startOf } from '#platform/today.ts';
import { exactSizes, sidesOf, type Comparison } from './comparison.ts';
import type { Ground } from './groups.ts';
import type { JudgedFigure, JudgeInput } from './verdict.ts';
import { startsIn } from './starts.ts';

const figureQuery = (tx: Tx) =>
	tx
		.selectFrom('assessment.figure as f')
		.select(['f.id', 'f.roundId', 'f.comparedRoundId', 'f.mappings', 'f.placeId', 'f.measure', 'f.question', 'f.split', 'f.filter', 'f.query', 'f.cutOff', 'f.n', 'f.unit', 'f.resultSha256']);
type FigureRow = Awaited<ReturnType<ReturnType<typeof figureQuery>['execute']>>[number];

/** What the judge is given, and what is needed to put comparisons together again. */
export type Inputs = { readonly inputs: readonly JudgeInput[]; readonly comparisons: ReadonlyMap<string, { readonly cells: FigureCells; readonly measure: Measure }> };

/** One input for each unit among the figures: what is to be published, and what was published of the same rounds and questions. */
export async function inputsFor(tx: Tx, programmeId: string, figureIds: readonly string[]): Promise<Inputs> {
	const figures = await figureQuery(tx).where('f.programmeId', '=', programmeId).where('f.id', 'in', [...figureIds]).orderBy('f.id').execute();
	const exact = await asActor(tx, system('release'), () => tx.selectFrom('assessment.figureExact').select(['figureId', 'cells']).where('figureId', 'in', [...figureIds]).execute());
	const cellsOf = new Map(exact.map(({ figureId, cells }) => [figureId, figureCellsSchema.parse(cells)]));
	const earlier = await earlierFigures(tx, programmeId, figures);
	const heads = new Map([...earlier.map((row) => [row, figureCellsSchema.parse(row.shown)] as const), ...figures.map((row) => [row, cellsOf.get(row.id) ?? { series: [], rows: [] }] as const)]);
	const rounds = await Rounds.of(tx, programmeId, heads);
	const before = earlier.flatMap((row) => rounds.judged(row, `R-${row.number} ${row.id}`, heads.get(row), row.held === null ? row.n : row.shownN, row.nEarlier));
	const inputs = inputUnits(figures, rounds).map(({ unit, threshold, rows }): JudgeInput => ({
		unit, threshold, grounds: rounds.grounds, earlier: before,
		figures: rows.flatMap((row) => (cellsOf.has(row.id) ? rounds.judged(row, row.id, cellsOf.get(row.id), row.n) : []))
	}));
	const comparisons = new Map(figures.flatMap((row) => {
		const cells = cellsOf.get(row.id);
		return row.comparedRoundId !== null && cells ? [[row.id, { cells, measure: savedQuery(row).measure }] as const] : [];
	}));
	return { inputs, comparisons };
}

const roundsOf = ({ roundId, comparedRoundId }: Pick<FigureRow, 'roundId' | 'comparedRoundId'>): string[] => (comparedRoundId === null ? [roundId] : [comparedRoundId, roundId]);

/** What the ledger holds of the same rounds, and of the same questions in other rounds. */
async function earlierFigures(tx: Tx, programmeId: string, figures: readonly FigureRow[]) {
	const [rounds, questions] = [[...new Set(figures.flatMap(roundsOf))], [...new Set(figures.map((figure) => figure.question))]];
	if (rounds.length === 0) return [];
	return figureQuery(tx)
		.innerJoin('releases.releaseFigure as r', 'r.figureId', 'f.id')
		.innerJoin('releases.release as e', 'e.id', 'r.releaseId')
		.select(['r.cells as shown', 'r.n as shownN', 'r.nEarlier', 'r.held', 'e.number'])
		.where((eb) => eb.or([eb('f.roundId', 'in', rounds), eb('f.comparedRoundId', 'in', rounds), eb('f.question', 'in', questions)]))
		.where('f.programmeId', '=', programmeId).orderBy('e.number').orderBy('f.id').execute();
}

/** People and survivors, whose thresholds differ; together by the larger one where a comparison has both. */
function inputUnits(figures: readonly FigureRow[], rounds: Rounds): { unit: 'people' | 'survivors'; threshold: number; rows: readonly FigureRow[] }[] {
	const units = (row: FigureRow): ('people' | 'survivors')[] => [...new Set(roundsOf(row).map((id) => rounds.basis(id).unit))];
	const together = figures.some((row) => units(row).length > 1);
	const byUnit = Map.groupBy(figures, (row): 'people' | 'survivors' => (together || units(row).includes('survivors') ? 'survivors' : 'people'));
	return [...byUnit].map(([unit, rows]) => ({ unit, rows, threshold: Math.max(...rows.flatMap(roundsOf).map((id) => rounds.basis(id).threshold)) }));
}

/** The rounds that figures are about: how they are counted, and which of their moments are one. */
class Rounds {
	readonly grounds: Record<string, Ground> = {};
	readonly #bases = new Map<string, Basis>();
	readonly #moments = new Map<string, number>();
	readonly #mappings = new Map<string, Mapping>();

	static async of(tx: Tx, programmeId: string, figures: ReadonlyMap<FigureRow, FigureCells>): Promise<Rounds> {
		const rounds = new Rounds();
		for (const mapping of await getMappings(tx, [...new Set([...figures.keys()].flatMap((row) => row.mappings))])) if (mapping.id !== null) rounds.#mappings.set(mapping.id, mapping);
		for (const round of new Set([...figures.keys()].flatMap(roundsOf))) {
			const own = [...figures.keys()].filter((row) => roundsOf(row).includes(round));
			const basis = await basisOf(tx, round);
			rounds.#bases.set(round, basis);
			for (const [at, same] of await sameAnswers(tx, round, own.map((row) => row.cutOff))) rounds.#moments.set(`${round}${at}`, same);
			rounds.grounds[round] = await groundOf(tx, programmeId, basis, own, own.flatMap((row) => figures.get(row) ?? []));
		}
		return rounds;
	}

	basis(roundId: string): Basis {
		const basis = this.#bases.get(roundId);
		if (!basis) throw new RangeError('no such round');
		return basis;
	}

	/** A figure as the judge sees it: a comparison of two rounds as two. */
	judged(row: FigureRow, id: string, cells: FigureCells | undefined, n: number | null, nEarlier?: number | null): JudgedFigure[] {
		const query = placedQuery(savedQuery(row), row.placeId);
		const { roundId: _round, ...asked } = query;
		const known = { cells: cells ?? { series: [], rows: [] }, asked: canonical(asked) };
		const sides = row.comparedRoundId === null
			? [{ id, roundId: row.roundId, query, n, ...known }]
			: sidesOf({ id, query, comparedRoundId: row.comparedRoundId, mappings: this.#mapped(row, row.comparedRoundId), sizes: sizesOf(known.cells, n, nEarlier), cells: known.cells });
		return sides.map((side) => ({
			...side,
			asked: known.asked,
			returning: this.basis(side.roundId).sampling?.design !== 'sample',
			level: this.basis(side.roundId).variables.find((each) => each.path === side.query.of)?.repeats.at(-1) ?? '',
			cutOff: this.#moments.get(`${side.roundId}${row.cutOff.getTime()}`) ?? row.cutOff.getTime()
		}));
	}

	/** How the questions of a comparison compare: as was stated when it was counted, or unchanged. */
	#mapped(row: FigureRow, comparedRoundId: string): Mapping[] {
		const [earlier, later] = [this.basis(comparedRoundId), this.basis(row.roundId)];
		const stated = row.mappings.flatMap((id) => this.#mappings.get(id) ?? []);
		return pathsOf(savedQuery(row)).flatMap((path) => mappingFor(path, earlier, later, stated) ?? []);
	}
}

/** Exact cells say of both rounds how many they are about; what went out says it beside the cells. */
const sizesOf = (cells: FigureCells, n: number | null, nEarlier: number | null | undefined): Comparison['sizes'] =>
	nEarlier === undefined ? exactSizes(cells) : { earlier: nEarlier, later: n === null || nEarlier === null ? null : n - nEarlier };

/** For each cut-off the earliest one since when nothing came in or changed. */
async function sameAnswers(tx: Tx, roundId: string, cutOffs: readonly Date[]): Promise<[number, number][]> {
	const all = [...new Map(cutOffs.map((each) => [each.getTime(), each])).values()].sort((a, b) => a.getTime() - b.getTime());
	const { rows } = await sql<{ same: Date[] | null }>`select assessment.same_answers(${roundId}::uuid, ${all}::timestamptz[]) as same`.execute(tx);
	return all.map((each, i) => [each.getTime(), rows[0]?.same?.[i]?.getTime() ?? each.getTime()]);
}

async function groundOf(tx: Tx, programmeId: string, { variables, timeZone }: Basis, figures: readonly FigureRow[], cells: readonly FigureCells[]): Promise<Ground> {
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
