import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { personIdOf } from '../author.ts';
import { askable, drawSample, type DrawFields, type InterviewFields } from './back-check.ts';
import { editOutcome } from './edit.ts';

async function instrumentOf(tx: Tx, roundId: string) {
	const { model } = await tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.select('v.model')
		.where('r.id', '=', roundId)
		.executeTakeFirstOrThrow();
	return instrumentSchema.parse(model);
}

/**
 * Draws a share of the round's counted answers for a second interview. Sending the same form again changes nothing.
 * @throws Problem `back-check.question-unknown` (400), `back-check.nobody` (409) when no answer has come yet
 */
export async function drawBackCheck(tx: Tx, permit: Permit<'back-check.draw'>, { id, percent, seed, questions }: DrawFields): Promise<void> {
	const { id: roundId, programmeId } = permit.subject;
	const personId = personIdOf(permit);
	if (personId === null) throw problem('not-permitted', 403);
	const there = await tx.selectFrom('assessment.backCheck').select('id').where('id', '=', id).executeTakeFirst();
	if (there) return;
	const known = new Set(askable(await instrumentOf(tx, roundId)).map(({ question }) => question.xpath));
	if (questions.some((path) => !known.has(path))) throw problem('back-check.question-unknown', 400, {}, 'questions');
	const cutOff = momentOf(tx);
	const all = await tx
		.selectFrom('assessment.submission')
		.select(['id as submissionId', 'instanceId', 'teamId'])
		.where('roundId', '=', roundId)
		.where('supersededBy', 'is', null)
		.where('reviewState', '<>', 'rejected')
		.where('receivedAt', '<=', cutOff)
		.execute();
	if (all.length === 0) throw problem('back-check.nobody', 409);
	const drawn = drawSample(all, percent / 100, seed);
	await tx.insertInto('assessment.backCheck').values({ id, programmeId, roundId, share: percent / 100, seed, questions, drawnFrom: all.length, cutOff, personId, drawnAt: momentOf(tx) }).execute();
	await tx.insertInto('assessment.backCheckInterview').values(drawn.map(({ submissionId, teamId }) => ({ id: newId(), programmeId, checkId: id, roundId, submissionId, teamId }))).execute();
	await journal(tx, permit, { table: 'assessment.back_check', id, after: { roundId, percent, seed, questions, of: all.length, drawn: drawn.map((each) => each.submissionId) } });
}

/**
 * Writes down a second interview, once: who has seen the comparison cannot change what was found.
 * @throws Problem `back-check.done-already` (409), `edit.answer-wrong` (400)
 */
export async function recordInterview(tx: Tx, permit: Permit<'back-check.record'>, { outcome, note, answer }: InterviewFields): Promise<void> {
	const { id } = permit.subject;
	const personId = personIdOf(permit);
	const row = await tx
		.selectFrom('assessment.backCheckInterview as i')
		.innerJoin('assessment.backCheck as c', 'c.id', 'i.checkId')
		.select(['i.roundId', 'c.questions'])
		.where('i.id', '=', id)
		.executeTakeFirstOrThrow();
	const fields = askable(await instrumentOf(tx, row.roundId)).filter(({ question }) => row.questions.includes(question.xpath));
	const { revisions, wrong } = editOutcome(fields.map((field) => ({ ...field, repeatIndexes: [], value: '', within: null, fresh: false })), outcome === 'done' ? answer : {});
	const [first] = wrong;
	if (first !== undefined) throw problem('edit.answer-wrong', 400, {}, `answer.${first}`);
	const answers = Object.fromEntries(revisions.map((revision) => [revision.path, revision.text]));
	const done = await tx
		.updateTable('assessment.backCheckInterview')
		.set({ outcome, note, personId, doneAt: momentOf(tx), answers: JSON.stringify(answers) })
		.where('id', '=', id)
		.where('outcome', '=', 'waiting')
		.executeTakeFirst();
	if (done.numUpdatedRows === 0n) throw problem('back-check.done-already', 409);
	await journal(tx, permit, { table: 'assessment.back_check_interview', id, after: { outcome, note, answers } });
}
