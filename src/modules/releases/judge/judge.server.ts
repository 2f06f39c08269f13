import { createHash } from 'node:crypto';
import { z } from 'zod';
import { solverCode } from '#disclosure/solver.ts';
import { figureCellsSchema } from '#modules/assessment/figures/cells.ts';
import type { Actor } from '#platform/actor.ts';
import { canonical } from '#platform/canonical.ts';
import { inTransaction, type Tx } from '#platform/database.server.ts';
import type { Running } from '#platform/jobs.server.ts';
import { inLimitedWorker, WorkStopped, type WorkLimits } from '#platform/limited-worker.server.ts';
import { problem } from '#platform/problem.ts';
import { withSidesTogether } from './comparison.ts';
import { inputsFor, type Inputs } from './inputs.server.ts';
import type { JudgeOrder } from './judge.worker.ts';
import type { JudgeInput, Verdict } from './verdict.ts';

const verdictSchema: z.ZodType<Verdict> = z.union([
	z.object({
		patterns: z.array(z.object({ id: z.string(), cells: figureCellsSchema, n: z.int().nullable(), nEarlier: z.int().nullable().optional(), held: z.int(), small: z.int(), of: z.int() })),
		unguarded: z.object({ alone: z.int(), together: z.int(), pairs: z.array(z.object({ from: z.string(), less: z.string() })) })
	}),
	z.object({ refused: z.enum(['figure.no-pattern', 'figure.entangled', 'figure.below-zero', 'figure.contradicts']), ids: z.array(z.string()) })
]);

/** Seconds that a person waits for at most, and a job. */
export const limits = { page: { megabytes: 512, seconds: 20 }, job: { megabytes: 1536, seconds: 1800 } } as const;

/** Verdicts worked out before, by what they rest on. */
const known = new Map<string, Verdict>();
const mostKnown = 100;

/** What has to be judged, and the verdict where one has been worked out before. */
type Question = { readonly inputs: Inputs['inputs']; readonly comparisons: Inputs['comparisons']; readonly digest: Buffer; readonly before: Verdict | null };
const nothing: Verdict = { patterns: [], unguarded: { alone: 0, together: 0, pairs: [] } };

/**
 * Judges figures that are to be published together, beside everything the ledger holds about the same people.
 * @throws Problem `release.takes-long` (409) when that takes longer than a person waits for: then a job has to work it out
 */
export async function judgeFigures(tx: Tx, programmeId: string, figureIds: readonly string[]): Promise<Verdict> {
	if (figureIds.length === 0) return nothing;
	const question = await questionOf(tx, programmeId, figureIds);
	return question.before ?? workedOut(question, limits.page);
}

/**
 * Works out, as a job does, what {@link judgeFigures} then finds ready. No transaction is open while it computes, and nothing is
 * written unless it comes to its end.
 * @throws Problem `release.takes-long` (409); what the signal says when it fires
 */
export async function judgeAhead(actor: Actor, programmeId: string, figureIds: readonly string[], { listening }: Pick<Running, 'listening'>): Promise<Verdict> {
	if (figureIds.length === 0) return nothing;
	const question = await inTransaction(actor, (tx) => questionOf(tx, programmeId, figureIds));
	if (question.before) return question.before;
	const verdict = await listening((signal) => workedOut(question, limits.job, signal));
	const row = { programmeId, digest: question.digest, verdict: JSON.stringify(verdict) };
	await inTransaction(actor, (tx) => tx.insertInto('releases.judgement').values(row).onConflict((on) => on.columns(['programmeId', 'digest']).doNothing()).execute());
	return verdict;
}

async function questionOf(tx: Tx, programmeId: string, figureIds: readonly string[]): Promise<Question> {
	const { inputs, comparisons } = await inputsFor(tx, programmeId, [...new Set(figureIds)].sort());
	const digest = createHash('sha256').update(canonical({ version: 5, inputs })).digest();
	return { inputs, comparisons, digest, before: known.get(digest.toString('hex')) ?? (await keptVerdict(tx, programmeId, digest)) };
}

async function workedOut({ inputs, comparisons, digest }: Question, within: WorkLimits, signal?: AbortSignal): Promise<Verdict> {
	const verdict = withSidesTogether(joined(await Promise.all(inputs.map((input) => worked(input, within, signal)))), comparisons);
	known.set(digest.toString('hex'), verdict);
	for (const [oldest] of known) if (known.size > mostKnown) known.delete(oldest);
	return verdict;
}

async function worked(input: JudgeInput, within: WorkLimits, signal?: AbortSignal): Promise<Verdict> {
	const order: JudgeOrder = { input, code: await solverCode() };
	try {
		return verdictSchema.parse(await inLimitedWorker('#modules/releases/judge/judge.worker.ts', order, within, signal));
	} catch (error) {
		if (error instanceof WorkStopped && error.reason !== 'died') throw problem('release.takes-long', 409);
		throw error;
	}
}

async function keptVerdict(tx: Tx, programmeId: string, digest: Buffer): Promise<Verdict | null> {
	const kept = await tx.selectFrom('releases.judgement').select('verdict').where('programmeId', '=', programmeId).where('digest', '=', digest).executeTakeFirst();
	return kept ? verdictSchema.parse(kept.verdict) : null;
}

/** Verdicts on people and on survivors, whose thresholds differ, as one. */
function joined(verdicts: readonly Verdict[]): Verdict {
	const patterns = verdicts.flatMap((each) => ('patterns' in each ? each.patterns : []));
	for (const verdict of verdicts) if ('refused' in verdict) return verdict;
	const all = verdicts.flatMap((each) => ('patterns' in each ? [each.unguarded] : []));
	return {
		patterns,
		unguarded: { alone: all.reduce((sum, each) => sum + each.alone, 0), together: all.reduce((sum, each) => sum + each.together, 0), pairs: all.flatMap((each) => each.pairs) }
	};
}
