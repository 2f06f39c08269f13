import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { Problem, problem } from '#platform/problem.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { reviseSubmission } from '#xforms/revise.ts';
import { parseSubmission } from '#xforms/submission.ts';
import { submissionShape } from '#xforms/submissionShape.ts';
import { personIdOf } from '../author.ts';
import { keptAnswers } from '../collection/answers.ts';
import { editFields, editOutcome } from './edit.ts';
import { filledOf } from './filled.ts';

export type Edition = { readonly id: string; readonly reason: string; readonly answer: Readonly<Record<string, string | readonly string[]>>; readonly remove?: readonly string[] };

/**
 * A reviewer's edition of a submission: a further version with what was changed, who and why. What came in stays and is shown. The
 * new version is looked at by all rules anew; flags that somebody dismissed stay dismissed where the answer did not change.
 * @returns the id of the new version
 * @throws Problem `edit.nothing-changed` (400), `edit.answer-wrong` (400), `edit.outdated` (409) when another version came first
 */
export async function editSubmission(tx: Tx, permit: Permit<'submission.edit'>, { id, reason, answer, remove = [] }: Edition): Promise<string> {
	const { id: replacesId, programmeId } = permit.subject;
	const there = await tx.selectFrom('assessment.submission').select('id').where('id', '=', id).executeTakeFirst();
	if (there) return id;
	const old = await tx
		.selectFrom('assessment.submission as s')
		.innerJoin('assessment.round as r', 'r.id', 's.roundId')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.select(['s.roundId', 's.instanceId', 's.placeId', 's.tokenId', 's.personId', 's.teamId', 's.xml', 's.supersededBy', 's.originId', 's.madeUp', 'v.model'])
		.where('s.id', '=', replacesId)
		.executeTakeFirstOrThrow();
	if (old.supersededBy !== null) throw problem('edit.outdated', 409);
	const instrument = instrumentSchema.parse(old.model);
	const shape = submissionShape(instrument);
	const { revisions, removals, wrong } = editOutcome(editFields(instrument, filledOf(old.xml, shape)), answer, remove);
	const [first] = wrong;
	if (first !== undefined) throw problem('edit.answer-wrong', 400, {}, `answer.${first}`);
	if (revisions.length + removals.length === 0) throw problem('edit.nothing-changed', 400);
	// Random, so that no two receipts (its first eight signs) are alike.
	const instanceId = `uuid:${randomUUID()}`;
	const xml = revised(() => reviseSubmission(old.xml, shape, instanceId, revisions, removals));
	const parsed = parseSubmission(xml, shape);
	if (!parsed.ok) throw problem(parsed.error.code, 400, parsed.error.facts);
	const xmlSha256 = createHash('sha256').update(xml).digest();
	const { roundId, placeId, tokenId, personId, teamId, madeUp } = old;
	await tx
		.insertInto('assessment.submission')
		.values({
			id, programmeId, roundId, placeId, tokenId, personId, teamId, madeUp, instanceId, xml, xmlSha256, replacesId,
			answers: keptAnswers(parsed.value.answers),
			receivedAt: momentOf(tx),
			originId: old.originId ?? replacesId,
			editedBy: personIdOf(permit),
			editReason: reason
		})
		.execute();
	const { rows } = await sql<{ done: boolean }>`select assessment.supersede(${replacesId}::uuid, ${id}::uuid) as done`.execute(tx);
	if (rows[0]?.done !== true) throw problem('edit.outdated', 409);
	await carryFiles(tx, replacesId, id, parsed.value.attachments);
	await carryDismissals(tx, replacesId, id, (path) => revisions.some((each) => each.path === path) || removals.some((each) => path.startsWith(`${each.path}/`)));
	await sql`select assessment.ask_look(${roundId}::uuid)`.execute(tx);
	await journal(tx, permit, { table: 'assessment.submission', id, before: old.instanceId, after: { roundId, instanceId, xmlSha256, reason } });
	return id;
}

/** What the submission cannot be written anew with is a fault of the request, not of the program. */
function revised(write: () => string): string {
	try {
		return write();
	} catch (cause) {
		if (cause instanceof Problem) throw cause;
		throw problem('edit.answer-wrong', 400);
	}
}

async function carryFiles(tx: Tx, from: string, to: string, names: readonly string[]): Promise<void> {
	if (names.length === 0) return;
	await sql`insert into assessment.attachment (programme_id, submission_id, name, file_id, sha256, received_at)
		select a.programme_id, ${to}::uuid, a.name, a.file_id, a.sha256, a.received_at from assessment.attachment a
		where a.submission_id = ${from}::uuid and a.name = any(${[...new Set(names.map((name) => name.normalize('NFC')))]}::text[])`.execute(tx);
}

async function carryDismissals(tx: Tx, from: string, to: string, changed: (path: string) => boolean): Promise<void> {
	const flags = await tx.selectFrom('assessment.qualityFlag').selectAll().where('submissionId', '=', from).where('dismissedAt', 'is not', null).execute();
	const kept = flags.filter((flag) => !changed(flag.key.replace(/\[\d+\]/g, '')) && !['same-answers'].includes(flag.rule));
	if (kept.length === 0) return;
	await tx
		.insertInto('assessment.qualityFlag')
		.values(kept.map((flag) => ({ ...flag, id: newId(), submissionId: to, facts: JSON.stringify(flag.facts) })))
		.execute();
}
