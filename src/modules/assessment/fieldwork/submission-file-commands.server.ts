import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { enqueue } from '#platform/jobs.server.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import type { StrikeFields } from './submission-file.ts';

/**
 * Strikes a file of a submission for good, while the answers stay: from every version, from the disk where nothing else has the
 * same content, and from what is exported after. A phone that sends it again is told that it arrived, and it is not kept.
 * @throws Problem `file.gone-already` (409) when there is no such file, or it is struck
 */
export async function strikeFile(tx: Tx, permit: Permit<'submission.strike-file'>, name: string, { reason, note }: StrikeFields): Promise<void> {
	const { id } = permit.subject;
	const { rows } = await sql<{ versions: number; hashes: Buffer[] }>`select * from assessment.strike_attachment(${id}::uuid, ${name}, ${reason}, ${note})`.execute(tx);
	const [struck] = rows;
	if (!struck) throw problem('file.gone-already', 409);
	if (struck.hashes.length > 0) await enqueue(tx, 'erase-content', { hashes: struck.hashes.map((hash) => hash.toString('hex')) });
	await journal(tx, permit, { table: 'assessment.attachment', id, after: { name, reason, versions: struck.versions } });
}
