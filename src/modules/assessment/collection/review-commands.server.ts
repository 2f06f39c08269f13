import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { personIdOf } from '../author.ts';
import type { ReviewFields } from './review.ts';

/**
 * Says of a submission how it stands. Every review is kept; the last one is the submission's state.
 * @throws Problem `review.superseded` (409) when an edit has taken the submission's place
 */
export async function review(tx: Tx, permit: Permit<'submission.review'>, { id, state, note }: ReviewFields): Promise<void> {
	const { id: submissionId, programmeId } = permit.subject;
	const { roundId, supersededBy, reviewState } = await tx
		.selectFrom('assessment.submission')
		.select(['roundId', 'supersededBy', 'reviewState'])
		.where('id', '=', submissionId)
		.executeTakeFirstOrThrow();
	const personId = personIdOf(permit);
	if (personId === null) throw problem('not-permitted', 403);
	const before = await tx.selectFrom('assessment.review').select('id').where('id', '=', id).executeTakeFirst();
	if (before) return;
	if (supersededBy !== null) throw problem('review.superseded', 409);
	await tx.insertInto('assessment.review').values({ id, programmeId, roundId, submissionId, state, note, personId }).execute();
	// What is rejected is compared no more, and what is taken back is again.
	if (state !== reviewState && [state, reviewState].includes('rejected')) await sql`select assessment.ask_look(${roundId}::uuid)`.execute(tx);
	await journal(tx, permit, { table: 'assessment.submission', id: submissionId, before: { reviewState }, after: { reviewState: state, reviewId: id } });
}
