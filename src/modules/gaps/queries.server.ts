import type { Tx } from '#platform/database.server.ts';
import { notFound } from '#platform/problem.ts';
import { listRecords, type ListFilter, type ListSource } from '#platform/record-list.server.ts';
import { citedIds, versionOf } from '#platform/record.server.ts';
import { gapFindings } from './commands.server.ts';

const gaps: ListSource = { table: 'gaps.gap', title: 'title', detail: 'barrier' };
const priorities: ListSource = { table: 'gaps.priority', title: 'statement', day: 'statedOn' };

/** A page of the register; `detail` is the barrier. */
export const listGaps = (tx: Tx, programmeId: string, filter: ListFilter) => listRecords(tx, gaps, programmeId, filter);

/** A page of the priorities communities stated; `day` is when. */
export const listPriorities = (tx: Tx, programmeId: string, filter: ListFilter) => listRecords(tx, priorities, programmeId, filter);

/** One gap, with the ids of the findings it cites. @throws Problem `not-found` */
export async function getGap(tx: Tx, programmeId: string, id: string) {
	const gap = await tx
		.selectFrom('gaps.gap')
		.selectAll()
		.select(versionOf().as('version'))
		.where('id', '=', id)
		.where('programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!gap) throw notFound();
	return { ...gap, findings: await citedIds(tx, gapFindings, id) };
}

/** One stated priority. @throws Problem `not-found` */
export async function getPriority(tx: Tx, programmeId: string, id: string) {
	const priority = await tx
		.selectFrom('gaps.priority')
		.selectAll()
		.select(versionOf().as('version'))
		.where('id', '=', id)
		.where('programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!priority) throw notFound();
	return priority;
}

/** The open gaps of a programme, by number: what a form offers for merging and scoring. */
export const openGaps = (tx: Tx, programmeId: string) =>
	tx.selectFrom('gaps.gap').select(['id', 'number', 'title', 'placeId']).where('programmeId', '=', programmeId).where('state', '=', 'open').orderBy('number').execute();

/** The findings by which a gap was said to be met, the newest first; those withdrawn since too. */
export const metFindings = (tx: Tx, gapId: string) =>
	tx
		.selectFrom('gaps.gapMet as m')
		.innerJoin('assessment.finding as f', 'f.id', 'm.findingId')
		.select(['f.id', 'f.number', 'f.statement', 'f.state'])
		.where('m.gapId', '=', gapId)
		.orderBy('m.citedAt', 'desc')
		.execute();
