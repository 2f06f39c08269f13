import type { Tx } from '#platform/database.server.ts';
import { notFound } from '#platform/problem.ts';
import { listRecords, type ListFilter, type ListSource } from '#platform/record-list.server.ts';
import { citedIds, versionOf } from '#platform/record.server.ts';
import { shownNameIfAny } from '#platform/shown-name.ts';
import { changeCites } from './change-commands.server.ts';
import { recommendationGaps, recommendationResults } from './commands.server.ts';

const recommendations: ListSource = { table: 'policy.recommendation', title: 'title', organisation: 'addressedTo', day: 'deliveredOn', detail: 'answer' };
const commitments: ListSource = { table: 'policy.commitment', title: 'title', organisation: 'organisationId', day: 'dueOn' };
const changes: ListSource = { table: 'policy.change', title: 'statement', organisation: 'verifiedBy', day: 'verifiedOn' };

/** A page of recommendations; `day` is when each was delivered, `detail` the answer. */
export const listRecommendations = (tx: Tx, programmeId: string, filter: ListFilter) => listRecords(tx, recommendations, programmeId, filter);
/** A page of commitments; `day` is when each is due. */
export const listCommitments = (tx: Tx, programmeId: string, filter: ListFilter) => listRecords(tx, commitments, programmeId, filter);
/** A page of changes; `day` is when each was verified. */
export const listChanges = (tx: Tx, programmeId: string, filter: ListFilter) => listRecords(tx, changes, programmeId, filter);

/** One recommendation, with what it rests on, its addressee and who answered. @throws Problem `not-found` */
export async function getRecommendation(tx: Tx, programmeId: string, id: string) {
	const found = await tx
		.selectFrom('policy.recommendation as r')
		.leftJoin('network.organisation as o', 'o.id', 'r.addressedTo')
		.leftJoin('network.person as p', 'p.id', 'r.answeredBy')
		.selectAll('r')
		.select(['o.name as addresseeName', shownNameIfAny('p').as('answeredByName'), versionOf('r').as('version')])
		.where('r.id', '=', id)
		.where('r.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!found) throw notFound();
	return { ...found, gaps: await citedIds(tx, recommendationGaps, id), results: await citedIds(tx, recommendationResults, id) };
}

/** One commitment, and every word either side has told about it, newest first. @throws Problem `not-found` */
export async function getCommitment(tx: Tx, programmeId: string, id: string) {
	const found = await tx
		.selectFrom('policy.commitment as c')
		.leftJoin('network.organisation as o', 'o.id', 'c.organisationId')
		.leftJoin('network.person as p', 'p.id', 'c.createdBy')
		.selectAll('c')
		.select(['o.name as organisationName', shownNameIfAny('p').as('madeByName')])
		.where('c.id', '=', id)
		.where('c.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!found) throw notFound();
	const told = await tx
		.selectFrom('policy.commitmentStatus as s')
		.leftJoin('network.person as p', 'p.id', 's.createdBy')
		.leftJoin('assessment.document as d', 'd.id', 's.documentId')
		.select(['s.id', 's.side', 's.status', 's.note', 's.toldOn', 's.onBehalf', 's.documentId', 'd.title as documentTitle', shownNameIfAny('p').as('toldBy')])
		.where('s.commitmentId', '=', id)
		.where('s.programmeId', '=', programmeId)
		.orderBy('s.toldOn', 'desc')
		.orderBy('s.createdAt', 'desc')
		.execute();
	return { ...found, told };
}

/** One change, with the evidence it was verified on. @throws Problem `not-found` */
export async function getChange(tx: Tx, programmeId: string, id: string) {
	const found = await tx
		.selectFrom('policy.change as c')
		.leftJoin('network.organisation as o', 'o.id', 'c.verifiedBy')
		.selectAll('c')
		.select(['o.name as verifierName', versionOf('c').as('version')])
		.where('c.id', '=', id)
		.where('c.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!found) throw notFound();
	return {
		...found,
		figures: await citedIds(tx, changeCites.figures, id),
		quotations: await citedIds(tx, changeCites.quotations, id),
		documents: await citedIds(tx, changeCites.documents, id)
	};
}
