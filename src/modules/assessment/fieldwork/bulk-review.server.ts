import { createHash } from 'node:crypto';
import type { Tx } from '#platform/database.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { permit as ask } from '#platform/permit.server.ts';
import { review } from '../collection/review-commands.server.ts';
import type { ReviewState } from '../collection/review.ts';
import { reviewSubmission } from '../permits.ts';

export type ManyReviews = { readonly id: string; readonly state: ReviewState; readonly note: string; readonly answers: readonly string[] };

/**
 * Reviews several answers alike, all or none. The id of each review follows from the form's, so that sending the form again changes nothing.
 * @throws Problem `review.superseded` (409) when one of them has been replaced by an edit
 */
export async function reviewMany(tx: Tx, _permit: Permit<'submission.review-many'>, { id, state, note, answers }: ManyReviews): Promise<void> {
	for (const answer of [...new Set(answers)].toSorted()) await review(tx, await ask(tx, reviewSubmission, answer), { id: idFor(id, answer), state, note });
}

/** A UUID made from two: version 8 (RFC 9562), for ids that have to come out the same again. */
function idFor(form: string, answer: string): string {
	const bytes = createHash('sha256').update(`${form} ${answer}`).digest().subarray(0, 16);
	bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
	bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
	const hex = bytes.toString('hex');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
