import type { Tx } from '#platform/database.server.ts';
import { notFound } from '#platform/problem.ts';
import { listRecords, type ListFilter, type ListSource } from '#platform/record-list.server.ts';
import { citedIds, versionOf } from '#platform/record.server.ts';
import { planGaps, planPriorities } from './commands.server.ts';

const plans: ListSource = { table: 'plans.plan', title: 'title', organisation: 'ownerId', day: 'startsOn' };

/** A page of plans; `day` is when each starts. */
export const listPlans = (tx: Tx, programmeId: string, filter: ListFilter) => listRecords(tx, plans, programmeId, filter);

/** One plan, with what it responds to. @throws Problem `not-found` */
export async function getPlan(tx: Tx, programmeId: string, id: string) {
	const plan = await tx
		.selectFrom('plans.plan')
		.selectAll()
		.select(versionOf().as('version'))
		.where('id', '=', id)
		.where('programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!plan) throw notFound();
	return { ...plan, gaps: await citedIds(tx, planGaps, id), priorities: await citedIds(tx, planPriorities, id) };
}
