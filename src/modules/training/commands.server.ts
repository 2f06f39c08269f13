import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { changeRecord, cite, citeOnly, personIn, withdrawRecord, type Citation } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import type { TrainingFields } from './training.ts';

/** What a training responds to. */
export const trainingGaps: Citation = { table: 'training.training_gap', citing: 'trainingId', cited: 'gapId' };
export const trainingPriorities: Citation = { table: 'training.training_priority', citing: 'trainingId', cited: 'priorityId' };

const table = 'training.training';
const live = ['draft', 'planned', 'under_way', 'done'];

/** Drafts a training with what it responds to so far. */
export async function draftTraining(tx: Tx, permit: Permit<'training.draft'>, fields: TrainingFields, id: string = newId()): Promise<string> {
	const { gaps, priorities, ...training } = fields;
	const { programmeId } = permit.subject;
	const number = await nextNumber(tx, programmeId, 'training');
	const made = await tx
		.insertInto(table)
		.values({ id, programmeId, number, ...training, search: searchText(training.title, training.aim), createdBy: personIn(permit) })
		.onConflict((on) => on.column('id').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows === 0n) return id;
	await cite(tx, trainingGaps, programmeId, id, gaps);
	await cite(tx, trainingPriorities, programmeId, id, priorities);
	await journal(tx, permit, { table, id, after: { ...fields, number } });
	return id;
}

/**
 * Changes a training before it is over. While it is a draft it cites exactly what is given; afterwards citations are
 * only added.
 * @throws Problem `response.not-editable`, `record.changed-since` (409)
 */
export async function editTraining(tx: Tx, permit: Permit<'training.edit'>, fields: TrainingFields, seen?: string): Promise<void> {
	const { gaps, priorities, ...training } = fields;
	const { id, programmeId } = permit.subject;
	const { state } = await changeRecord(tx, permit, table, {
		from: ['draft', 'planned', 'under_way'],
		set: { ...training, search: searchText(training.title, training.aim), updatedAt: momentOf(tx) },
		refuse: 'response.not-editable',
		seen
	});
	const put = state === 'draft' ? citeOnly : cite;
	await put(tx, trainingGaps, programmeId, id, gaps);
	await put(tx, trainingPriorities, programmeId, id, priorities);
}

/** Adds to what a training responds to. */
export async function citeForTraining(tx: Tx, permit: Permit<'training.cite'>, cited: { gaps: readonly string[]; priorities: readonly string[] }): Promise<void> {
	const { id, programmeId } = permit.subject;
	await changeRecord(tx, permit, table, { from: live, set: { updatedAt: momentOf(tx) }, refuse: 'response.not-editable' });
	await cite(tx, trainingGaps, programmeId, id, cited.gaps);
	await cite(tx, trainingPriorities, programmeId, id, cited.priorities);
}

const move =
	<Verb extends string>(state: string, from: readonly string[], refuse: string) =>
	async (tx: Tx, permit: Permit<Verb>): Promise<void> => {
		await changeRecord(tx, permit, table, { from, set: { state, updatedAt: momentOf(tx) }, refuse });
	};

/** Moves a draft among the planned; the database refuses `response.without-ground` at commit. */
export const planTraining = move<'training.plan'>('planned', ['draft'], 'response.not-draft');
export const startTraining = move<'training.start'>('under_way', ['planned'], 'response.not-planned');
export const finishTraining = move<'training.finish'>('done', ['planned', 'under_way'], 'response.not-under-way');
export const cancelTraining = move<'training.cancel'>('cancelled', ['draft', 'planned', 'under_way'], 'response.not-under-way');

/** Withdraws a training, with the reason: it should not have been here. */
export const withdrawTraining = (tx: Tx, permit: Permit<'training.withdraw'>, reason: string): Promise<void> =>
	withdrawRecord(tx, permit, table, reason, [...live, 'cancelled']);
