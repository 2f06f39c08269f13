import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { demandHappened } from '#platform/happened.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { holdVersion } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import { personIdOf } from './author.ts';
import type { DocumentFields, FindingFields, QuotationFields } from './evidence.ts';

/** Adds a document as evidence, with the file itself if there is one. @throws Problem `day.in-future` (409) */
export async function addDocument(tx: Tx, permit: Permit<'document.add'>, fields: DocumentFields, fileId: string | null = null): Promise<string> {
	const { programmeId } = permit.subject;
	await demandHappened(tx, programmeId, { dated: fields.dated });
	const id = newId();
	const number = await nextNumber(tx, programmeId, 'document');
	await tx
		.insertInto('assessment.document')
		.values({ id, programmeId, number, ...fields, fileId, createdBy: personIdOf(permit) })
		.execute();
	await journal(tx, permit, { table: 'assessment.document', id, after: { ...fields, fileId, number } });
	return id;
}

/** Adds a quotation. @throws Problem `day.in-future` (409) */
export async function addQuotation(tx: Tx, permit: Permit<'quotation.add'>, fields: QuotationFields): Promise<string> {
	const { programmeId } = permit.subject;
	await demandHappened(tx, programmeId, { saidOn: fields.saidOn });
	const id = newId();
	const number = await nextNumber(tx, programmeId, 'quotation');
	await tx
		.insertInto('assessment.quotation')
		.values({ id, programmeId, number, ...fields, createdBy: personIdOf(permit) })
		.execute();
	await journal(tx, permit, { table: 'assessment.quotation', id, after: { ...fields, number } });
	return id;
}

/**
 * Drafts a finding with the evidence it rests on so far.
 * @param id minted where the finding was written; sending the same one again changes nothing
 */
export async function draftFinding(tx: Tx, permit: Permit<'finding.draft'>, fields: FindingFields, id: string = newId()): Promise<string> {
	const { statement, placeId } = fields;
	const { programmeId } = permit.subject;
	const there = await tx.selectFrom('assessment.finding').select('id').where('id', '=', id).executeTakeFirst();
	if (there) return id;
	const number = await nextNumber(tx, programmeId, 'finding');
	await tx
		.insertInto('assessment.finding')
		.values({ id, programmeId, number, statement, placeId, search: searchText(statement), createdBy: personIdOf(permit) })
		.execute();
	await cite(tx, programmeId, id, fields);
	await journal(tx, permit, { table: 'assessment.finding', id, after: { ...fields, number } });
	return id;
}

/**
 * Changes a drafted finding and what it rests on.
 * @param seen the version the form was filled from
 * @throws Problem `finding.not-draft`, `record.changed-since` (409)
 */
export async function editFinding(tx: Tx, permit: Permit<'finding.edit'>, fields: FindingFields, seen?: string): Promise<void> {
	const { id, programmeId } = permit.subject;
	await holdVersion(tx, { table: 'assessment.finding', id }, seen);
	const before = await tx.selectFrom('assessment.finding').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (before.state !== 'draft') throw problem('finding.not-draft', 409);
	const { statement, placeId } = fields;
	await tx
		.updateTable('assessment.finding')
		.set({ statement, placeId, search: searchText(statement), updatedAt: momentOf(tx) })
		.where('id', '=', id)
		.execute();
	// Citations that stay are not written anew: a figure is frozen by its first citation and its moment is kept.
	const not = (kept: readonly string[]): readonly string[] => (kept.length > 0 ? kept : [id]);
	await tx.deleteFrom('assessment.findingFigure').where('findingId', '=', id).where('figureId', 'not in', not(fields.figures)).execute();
	await tx.deleteFrom('assessment.findingQuotation').where('findingId', '=', id).where('quotationId', 'not in', not(fields.quotations)).execute();
	await tx.deleteFrom('assessment.findingDocument').where('findingId', '=', id).where('documentId', 'not in', not(fields.documents)).execute();
	// A score that is not open to whoever edits is not in the form, and stays cited.
	const open = tx.selectFrom('assessment.score').select('id').where('id', 'not in', not(fields.scores ?? []));
	await tx.deleteFrom('assessment.findingScore').where('findingId', '=', id).where('scoreId', 'in', open).execute();
	await cite(tx, programmeId, id, fields);
	await journal(tx, permit, { table: 'assessment.finding', id, before, after: fields });
}

async function cite(tx: Tx, programmeId: string, findingId: string, { figures, quotations, documents, scores = [] }: FindingFields): Promise<void> {
	const whole = { programmeId, findingId };
	if (figures.length > 0) {
		const rows = figures.map((figureId) => ({ ...whole, figureId }));
		await tx.insertInto('assessment.findingFigure').values(rows).onConflict((on) => on.doNothing()).execute();
	}
	if (quotations.length > 0) {
		const rows = quotations.map((quotationId) => ({ ...whole, quotationId }));
		await tx.insertInto('assessment.findingQuotation').values(rows).onConflict((on) => on.doNothing()).execute();
	}
	if (documents.length > 0) {
		const rows = documents.map((documentId) => ({ ...whole, documentId }));
		await tx.insertInto('assessment.findingDocument').values(rows).onConflict((on) => on.doNothing()).execute();
	}
	if (scores.length > 0) {
		const rows = scores.map((scoreId) => ({ ...whole, scoreId }));
		await tx.insertInto('assessment.findingScore').values(rows).onConflict((on) => on.doNothing()).execute();
	}
}

/**
 * Lets a drafted finding stand, so that gaps can cite it.
 * @throws Problem `finding.not-draft` (409); the database refuses `finding.without-evidence` at commit
 */
export async function standFinding(tx: Tx, permit: Permit<'finding.stand'>): Promise<void> {
	const { id } = permit.subject;
	const before = await tx.selectFrom('assessment.finding').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (before.state !== 'draft') throw problem('finding.not-draft', 409);
	const now = momentOf(tx);
	await tx.updateTable('assessment.finding').set({ state: 'stands', standsSince: now, updatedAt: now }).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'assessment.finding', id, before, after: { ...before, state: 'stands', standsSince: now } });
}
