import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { changeRecord, cite, citeOnly, personIn, withdrawRecord, type Citation } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import type { PlanFields } from './plan.ts';

/** What a plan responds to. */
export const planGaps: Citation = { table: 'plans.plan_gap', citing: 'planId', cited: 'gapId' };
export const planPriorities: Citation = { table: 'plans.plan_priority', citing: 'planId', cited: 'priorityId' };

const table = 'plans.plan';
const live = ['draft', 'planned', 'under_way', 'done'];

/** Drafts a plan with what it responds to so far. */
export async function draftPlan(tx: Tx, permit: Permit<'plan.draft'>, fields: PlanFields, id: string = newId()): Promise<string> {
	const { gaps, priorities, ...plan } = fields;
	const { programmeId } = permit.subject;
	const number = await nextNumber(tx, programmeId, 'plan');
	const made = await tx
		.insertInto(table)
		.values({ id, programmeId, number, ...plan, search: searchText(plan.title, plan.aim), createdBy: personIn(permit) })
		.onConflict((on) => on.column('id').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows === 0n) return id;
	await cite(tx, planGaps, programmeId, id, gaps);
	await cite(tx, planPriorities, programmeId, id, priorities);
	await journal(tx, permit, { table, id, after: { ...fields, number } });
	return id;
}

/**
 * Changes a plan before it is over. While it is a draft it cites exactly what is given; afterwards citations are
 * only added.
 * @throws Problem `response.not-editable`, `record.changed-since` (409)
 */
export async function editPlan(tx: Tx, permit: Permit<'plan.edit'>, fields: PlanFields, seen?: string): Promise<void> {
	const { gaps, priorities, ...plan } = fields;
	const { id, programmeId } = permit.subject;
	const { state } = await changeRecord(tx, permit, table, {
		from: ['draft', 'planned', 'under_way'],
		set: { ...plan, search: searchText(plan.title, plan.aim), updatedAt: momentOf(tx) },
		refuse: 'response.not-editable',
		seen
	});
	const put = state === 'draft' ? citeOnly : cite;
	await put(tx, planGaps, programmeId, id, gaps);
	await put(tx, planPriorities, programmeId, id, priorities);
}

/** Adds to what a plan responds to. */
export async function citeForPlan(tx: Tx, permit: Permit<'plan.cite'>, cited: { gaps: readonly string[]; priorities: readonly string[] }): Promise<void> {
	const { id, programmeId } = permit.subject;
	await changeRecord(tx, permit, table, { from: live, set: { updatedAt: momentOf(tx) }, refuse: 'response.not-editable' });
	await cite(tx, planGaps, programmeId, id, cited.gaps);
	await cite(tx, planPriorities, programmeId, id, cited.priorities);
}

const move =
	<Verb extends string>(state: string, from: readonly string[], refuse: string) =>
	async (tx: Tx, permit: Permit<Verb>): Promise<void> => {
		await changeRecord(tx, permit, table, { from, set: { state, updatedAt: momentOf(tx) }, refuse });
	};

/** Moves a draft among the planned; the database refuses `response.without-ground` at commit. */
export const adoptPlan = move<'plan.adopt'>('planned', ['draft'], 'response.not-draft');
export const startPlan = move<'plan.start'>('under_way', ['planned'], 'response.not-planned');
export const finishPlan = move<'plan.finish'>('done', ['planned', 'under_way'], 'response.not-under-way');
export const cancelPlan = move<'plan.cancel'>('cancelled', ['draft', 'planned', 'under_way'], 'response.not-under-way');

/** Withdraws a plan, with the reason: it should not have been here. */
export const withdrawPlan = (tx: Tx, permit: Permit<'plan.withdraw'>, reason: string): Promise<void> =>
	withdrawRecord(tx, permit, table, reason, [...live, 'cancelled']);
