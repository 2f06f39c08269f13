import { inTransaction, type Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import { permit, type Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { personIdOf } from '../author.ts';
import { newToken, tokenHash } from '../collection/token.server.ts';
import { exportSubmissions } from '../permits.ts';
import type { FeedFields } from './feed.ts';
import type { ExportOrder } from './order.ts';
import type { Counted } from './read.server.ts';

/**
 * Writes that answers leave, in a transaction of its own that is committed before the first row does: a line that the round's
 * people can read, and an entry of the journal for each round.
 * @param madeAt the moment that it shows
 */
export async function noteExport(order: ExportOrder, rounds: readonly string[], { submissions, total }: Counted, madeAt: Date): Promise<void> {
	const { id, personId, programmeId, roundId, jobId, choice } = order;
	await inTransaction({ kind: 'person', personId }, async (tx) => {
		await tx
			.insertInto('assessment.answerExport')
			.values({ id, programmeId, roundId, rounds: [...rounds], personId, format: choice.format, choices: JSON.stringify(choice), submissions, total, jobId, madeAt })
			// A job may run again after it was broken off.
			.onConflict((on) => on.column('id').doUpdateSet({ submissions, total, madeAt }))
			.execute();
		for (const round of rounds) {
			await journal(tx, await permit(tx, exportSubmissions, round), { table: 'assessment.round', id: round, after: { exportId: id, submissions, total, choice } });
		}
	});
}

/** Says what the file of an export that a job prepared is called, until when it lies there, and what opens it. */
export const keepExport = (tx: Tx, id: string, kept: { fileName: string; bytes: number; keptUntil: Date; fileKey: Buffer }) =>
	tx.updateTable('assessment.answerExport').set({ fileName: kept.fileName, bytes: kept.bytes, keptUntil: kept.keptUntil, fileKey: kept.fileKey }).where('id', '=', id).execute();

/**
 * Makes a feed: the way for one spreadsheet to read a round's answers.
 * @returns its secret, which is shown once and not kept
 */
export async function makeFeed(tx: Tx, permit: Permit<'feed.make'>, { id, label, days }: FeedFields): Promise<string> {
	const { id: roundId, programmeId } = permit.subject;
	const personId = personIdOf(permit);
	if (personId === null) throw problem('not-permitted', 403);
	const secret = newToken();
	const expiresAt = new Date(Date.now() + days * 86_400_000);
	await tx.insertInto('assessment.answerFeed').values({ id, programmeId, roundId, personId, label, tokenHash: tokenHash(secret), expiresAt }).execute();
	await journal(tx, permit, { table: 'assessment.answer_feed', id, after: { roundId, expiresAt: expiresAt.toISOString() } });
	return secret;
}

/** Ends a feed at once. */
export async function revokeFeed(tx: Tx, permit: Permit<'feed.revoke'>): Promise<void> {
	const { id } = permit.subject;
	await tx.updateTable('assessment.answerFeed').set({ revokedAt: new Date() }).where('id', '=', id).where('revokedAt', 'is', null).execute();
	await journal(tx, permit, { table: 'assessment.answer_feed', id, after: { revoked: true } });
}

