import { createHash } from 'node:crypto';
import { newId } from '#platform/ids.ts';

type Insert = (table: string, row: Record<string, unknown>) => Promise<string>;

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

type Sent = { programme_id: string | undefined; round_id: string; token_id: string | null; person_id: string | null | undefined };

/** A submission with everything that hangs on it. */
export async function submission(insert: Insert, of: Sent, reviewer: string | undefined): Promise<void> {
	const id = newId();
	const { programme_id, round_id } = of;
	await insert('assessment.submission', { id, instance_id: id, xml: '<x/>', xml_sha256: hash(id), answers: '{}', review_state: of.token_id === null ? 'has_issues' : 'received', ...of });
	const file_id = await insert('platform.file', { id: newId(), programme_id, sha256: hash(id), media_type: 'image/png', name: 'b', bytes: 1 });
	await insert('assessment.attachment', { programme_id, submission_id: id, name: 'a' });
	await insert('assessment.attachment', { programme_id, submission_id: id, name: 'b', file_id, sha256: hash(id) });
	await insert('assessment.review', { id: newId(), programme_id, round_id, submission_id: id, state: of.token_id === null ? 'has_issues' : 'approved', note: 'n', person_id: reviewer });
	await insert('assessment.quality_flag', { id: newId(), programme_id, round_id, submission_id: id, rule: 'outlier' });
	await insert('assessment.submission_comment', { id: newId(), programme_id, round_id, submission_id: id, body: 'b', person_id: reviewer });
	const check_id = await insert('assessment.back_check', { id: newId(), programme_id, round_id, share: 0.1, seed: 's', questions: ['/a'], drawn_from: 1, cut_off: new Date(), person_id: reviewer });
	await insert('assessment.back_check_interview', { id: newId(), programme_id, check_id, round_id, submission_id: id });
	const erasure_id = await insert('assessment.erasure', { id: newId(), programme_id, round_id, receipt: 'R', reason: 'asked', versions: 1, files: 0, figures: 0, person_id: reviewer });
	await insert('assessment.erased_instance', { programme_id, round_id, erasure_id, instance_sha256: hash(erasure_id) });
}
