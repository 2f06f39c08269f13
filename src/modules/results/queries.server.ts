import type { Tx } from '#platform/database.server.ts';
import { notFound } from '#platform/problem.ts';
import { listRecords, type ListFilter, type ListSource } from '#platform/record-list.server.ts';
import { citedIds, versionOf } from '#platform/record.server.ts';
import { resultCites } from './commands.server.ts';

const results: ListSource = { table: 'results.result', title: 'statement', day: 'observedOn' };

/** A page of results; `day` is when each was observed. */
export const listResults = (tx: Tx, programmeId: string, filter: ListFilter) => listRecords(tx, results, programmeId, filter);

/** One result, with what it rests on. @throws Problem `not-found` */
export async function getResult(tx: Tx, programmeId: string, id: string) {
	const result = await tx
		.selectFrom('results.result')
		.selectAll()
		.select(versionOf().as('version'))
		.where('id', '=', id)
		.where('programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!result) throw notFound();
	return {
		...result,
		trainings: await citedIds(tx, resultCites.trainings, id),
		plans: await citedIds(tx, resultCites.plans, id),
		figures: await citedIds(tx, resultCites.figures, id),
		quotations: await citedIds(tx, resultCites.quotations, id),
		documents: await citedIds(tx, resultCites.documents, id)
	};
}
