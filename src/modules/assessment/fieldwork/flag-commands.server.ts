import { sql } from 'kysely';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { journal, journalAll } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { personIdOf } from '../author.ts';

/** Says of flags that somebody has looked and nothing is wrong, and why. Those dismissed before keep who did it first. */
export async function dismissFlags(tx: Tx, permit: Permit<'flag.dismiss'>, ids: readonly string[], reason: string): Promise<number> {
	if (ids.length === 0) return 0;
	const done = await tx
		.updateTable('assessment.qualityFlag')
		.set({ dismissedAt: momentOf(tx), dismissedBy: personIdOf(permit), dismissedReason: reason })
		.where('roundId', '=', permit.subject.id)
		.where('id', 'in', [...new Set(ids)])
		.where('dismissedAt', 'is', null)
		.returning(['id', 'submissionId', 'rule', 'key'])
		.execute();
	await journalAll(tx, permit, done.map((flag) => ({ table: 'assessment.submission', id: flag.submissionId, before: { flag: flag.id, rule: flag.rule, key: flag.key }, after: { dismissed: reason } })));
	return done.length;
}

/** Takes a dismissal back: the flag waits again. */
export async function reopenFlag(tx: Tx, permit: Permit<'flag.dismiss'>, id: string): Promise<void> {
	const before = await tx.selectFrom('assessment.qualityFlag').select(['submissionId', 'rule', 'key', 'dismissedReason']).where('id', '=', id).where('roundId', '=', permit.subject.id).where('dismissedAt', 'is not', null).executeTakeFirst();
	if (!before) return;
	await tx.updateTable('assessment.qualityFlag').set({ dismissedAt: null, dismissedBy: null, dismissedReason: null }).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'assessment.submission', id: before.submissionId, before: { flag: id, dismissed: before.dismissedReason }, after: { flag: id, rule: before.rule, key: before.key } });
}

/** Asks for the rules to be held against the round now. */
export async function lookNow(tx: Tx, permit: Permit<'round.follow'>): Promise<void> {
	await sql`select assessment.ask_look(${permit.subject.id}::uuid)`.execute(tx);
	await enqueue(tx, 'quality', {}, { key: 'quality-now' });
}
