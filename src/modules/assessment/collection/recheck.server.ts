import { sql } from 'kysely';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { inLimitedWorker, WorkStopped } from '#platform/limited-worker.server.ts';
import { recheckOutcome, type Flag } from './recheck.ts';

type Unchecked = { readonly id: string; readonly xml: string; readonly answers: unknown; readonly versionId: string };

/**
 * How many submissions one thread looks at, and what it may use. The engine keeps hold of every instance it opened: of 60
 * questions, 25 take about 4 seconds, 100 about 20, and 200 would not end in time.
 */
const batch = 25;
const limits = { megabytes: 512, seconds: 120 };

/**
 * Looks at submissions that nobody has looked at yet: constraints, required answers, choices that are not offered, answers that
 * would not have been asked for. What is found is flagged; nothing is refused or changed.
 * @returns how many were looked at; 0 when none are left
 */
export async function recheckSome(): Promise<number> {
	const waiting = await inTransaction(system('recheck'), (tx) =>
		tx
			.selectFrom('assessment.submission as s')
			.innerJoin('assessment.round as r', 'r.id', 's.roundId')
			.select(['s.id', 's.xml', 's.answers', 'r.instrumentVersionId as versionId'])
			.where('s.checkedAt', 'is', null)
			.orderBy('s.id')
			.limit(batch)
			.execute()
	);
	for (const [versionId, submissions] of Map.groupBy(waiting, (each) => each.versionId)) {
		const { xform } = await inTransaction(system('recheck'), (tx) =>
			tx.selectFrom('assessment.instrumentVersion').select('xform').where('id', '=', versionId).executeTakeFirstOrThrow()
		);
		await keep(await lookAt(xform, submissions));
	}
	return waiting.length;
}

/** A submission that stops the thread is found by halving, and flagged. */
async function lookAt(xform: string, submissions: readonly Unchecked[]): Promise<Map<string, Flag[]>> {
	try {
		const found = await inLimitedWorker('#modules/assessment/collection/recheck.worker.ts', { xform, submissions }, limits);
		return new Map(recheckOutcome.parse(found).map(({ id, flags }) => [id, flags]));
	} catch (error) {
		// A thread that died by itself is a fault of ours, not of a submission.
		if (!(error instanceof WorkStopped) || error.reason === 'died') throw error;
		const [only] = submissions;
		if (submissions.length === 1 && only) return new Map([[only.id, [{ path: '', kind: 'unreadable' }]]]);
		const half = Math.ceil(submissions.length / 2);
		const found = new Map<string, Flag[]>();
		for (const part of [submissions.slice(0, half), submissions.slice(half)]) for (const [id, flags] of await lookAt(xform, part)) found.set(id, flags);
		return found;
	}
}

async function keep(found: ReadonlyMap<string, readonly Flag[]>): Promise<void> {
	await inTransaction(system('recheck'), async (tx) => {
		for (const [id, flags] of found) {
			await tx
				.updateTable('assessment.submission')
				.set({ flags: JSON.stringify(flags), checkedAt: new Date() })
				.where('id', '=', id)
				.execute();
			// At once, not only when the rules look: every page counts these rows and nothing else. What was dismissed before an edit stays so.
			const rows = flags.map(({ kind, path }) => ({ id: newId(), rule: kind, key: path }));
			if (rows.length > 0)
				await sql`insert into assessment.quality_flag (id, programme_id, round_id, submission_id, rule, key)
					select f.id, s.programme_id, s.round_id, s.id, f.rule, f.key
					from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (id uuid, rule text, key text) join assessment.submission s on s.id = ${id}
					on conflict (submission_id, rule, key) do nothing`.execute(tx);
		}
	});
}
