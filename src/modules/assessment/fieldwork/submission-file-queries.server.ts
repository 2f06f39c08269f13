import type { Tx } from '#platform/database.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import { shownNameIfAny } from '#platform/shown-name.ts';
import { reasonSchema } from './erasure.ts';
import type { SubmissionFile } from './submission-file.ts';

/** The files that a submission names, by name. @param permit for reading the answers of its round */
export async function filesOf(tx: Tx, permit: Permit<'submission.read'>, submissionId: string): Promise<(SubmissionFile & { readonly sha256: Buffer | null })[]> {
	const rows = await tx
		.selectFrom('assessment.attachment as a')
		.innerJoin('assessment.submission as s', 's.id', 'a.submissionId')
		.leftJoin('platform.file as f', 'f.id', 'a.fileId')
		.leftJoin('network.person as p', 'p.id', 'a.struckBy')
		.select(['a.name', 'a.receivedAt', 'a.struckAt', 'a.struckReason', 'a.struckNote', 'f.mediaType', 'f.bytes', 'f.sha256', shownNameIfAny('p').as('struckBy')])
		.where('a.submissionId', '=', submissionId)
		.where('s.roundId', '=', permit.subject.id)
		.orderBy('a.name')
		.execute();
	return rows.map(({ name, receivedAt, mediaType, bytes, sha256, struckAt, struckBy, struckReason, struckNote }) => ({
		name,
		sha256,
		stored: mediaType !== null && receivedAt !== null ? { mediaType, bytes: Number(bytes), receivedAt } : null,
		struck: struckAt === null ? null : { at: struckAt, who: struckBy ?? '', reason: reasonSchema.parse(struckReason), note: struckNote }
	}));
}

/** One of them. @throws Problem `not-found` */
export async function fileOf(tx: Tx, permit: Permit<'submission.read'>, submissionId: string, name: string) {
	const found = (await filesOf(tx, permit, submissionId)).find((file) => file.name === name);
	if (!found) throw notFound();
	return found;
}
