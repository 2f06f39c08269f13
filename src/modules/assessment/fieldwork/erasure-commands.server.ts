import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { plainReceipt, type ErasureFields } from './erasure.ts';
import { erasureAhead } from './erasure-queries.server.ts';

/**
 * Erases a submission on request: all its versions, files, flags, comments, reviews, back-checks, the personal facts beside its
 * journal entries, and the blocks that hold its coded answers. The journal keeps its digests and stays whole; figures keep their
 * totals and say that an answer was erased. A phone that sends the submission again does not bring it back.
 * @throws Problem `erasure.name-differs` (400), `erasure.gone-already` (409)
 */
export async function eraseSubmission(tx: Tx, permit: Permit<'submission.erase'>, fields: ErasureFields): Promise<void> {
	const { id: submissionId } = permit.subject;
	const there = await tx.selectFrom('assessment.erasure').select('id').where('id', '=', fields.id).executeTakeFirst();
	if (there) return;
	const ahead = await erasureAhead(tx, submissionId);
	if (plainReceipt(fields.confirm_name) !== ahead.receipt) throw problem('erasure.name-differs', 400, { receipt: ahead.receipt }, 'confirm_name');
	const { rows } = await sql<{ versions: number; files: number; figures: number; hashes: Buffer[] }>`
		select * from assessment.erase_submission(${fields.id}::uuid, ${submissionId}::uuid, ${fields.reason}, ${fields.note})`.execute(tx);
	const [erased] = rows;
	if (!erased) throw problem('erasure.gone-already', 409);
	const { hashes, ...counts } = erased;
	if (hashes.length > 0) await enqueue(tx, 'erase-content', { hashes: hashes.map((hash) => hash.toString('hex')) });
	await journal(tx, permit, { table: 'assessment.erasure', id: fields.id, after: { submissionId, reason: fields.reason, ...counts } });
}
