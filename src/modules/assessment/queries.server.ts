import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { notFound } from '#platform/problem.ts';
import { fold } from '#platform/search-fold.ts';
import type { TableQuery } from '#ui/table.ts';
import { standsStill, withdrawnSince, withdrawnWhy } from './withdrawal/marks.server.ts';

/** A piece of evidence or a finding as a choice in a citing form. */
export type CitableOption = { value: string; label: string; hint?: string };

/** Figures that can be cited: those that are not withdrawn, as everywhere below. */
export async function figureOptions(tx: Tx, programmeId: string, locale: Locale): Promise<CitableOption[]> {
	const rows = await tx.selectFrom('assessment.figure').select(['id', 'number', 'title', 'n']).where('programmeId', '=', programmeId).where(standsStill('assessment.figure.id')).orderBy('number', 'desc').execute();
	return rows.map((row) => ({ value: row.id, label: `${codeOf('figure', row.number)} · ${localText(row.title, locale).text}`, hint: `n = ${row.n}` }));
}

/** Findings that stand and can be cited. */
export async function findingOptions(tx: Tx, programmeId: string, locale: Locale): Promise<CitableOption[]> {
	const rows = await tx
		.selectFrom('assessment.finding')
		.select(['id', 'number', 'statement'])
		.where('programmeId', '=', programmeId)
		.where('state', '=', 'stands')
		.orderBy('number', 'desc')
		.execute();
	return rows.map((row) => ({ value: row.id, label: `${codeOf('finding', row.number)} · ${localText(row.statement, locale).text}` }));
}

/** Documents that can be cited. */
export async function documentOptions(tx: Tx, programmeId: string, locale: Locale): Promise<CitableOption[]> {
	const rows = await tx.selectFrom('assessment.document').select(['id', 'number', 'title', 'source']).where('programmeId', '=', programmeId).where(standsStill('assessment.document.id')).orderBy('number', 'desc').execute();
	return rows.map((row) => ({ value: row.id, label: `${codeOf('document', row.number)} · ${localText(row.title, locale).text}`, hint: row.source }));
}

/** Scores that the actor sees and can cite. */
export async function scoreOptions(tx: Tx, programmeId: string, locale: Locale): Promise<CitableOption[]> {
	const rows = await tx.selectFrom('assessment.score').select(['id', 'number', 'title', 'criteria']).where('programmeId', '=', programmeId).where(standsStill('assessment.score.id')).orderBy('number', 'desc').execute();
	return rows.map((row) => ({ value: row.id, label: `${codeOf('score', row.number)} · ${localText(row.title, locale).text}`, hint: `n = ${row.criteria}` }));
}

/** Quotations that can be cited. */
export async function quotationOptions(tx: Tx, programmeId: string, locale: Locale): Promise<CitableOption[]> {
	const rows = await tx.selectFrom('assessment.quotation').select(['id', 'number', 'words', 'spokenBy']).where('programmeId', '=', programmeId).where(standsStill('assessment.quotation.id')).orderBy('number', 'desc').execute();
	return rows.map((row) => ({
		value: row.id,
		label: `${codeOf('quotation', row.number)} · ${localText(row.words, locale).text.slice(0, 160)}`,
		hint: localText(row.spokenBy, locale).text
	}));
}

export type FindingRow = { id: string; number: number; statement: LocalText; state: string; standsSince: Date | null; place: LocalText | null; evidence: number };

/** The findings of a programme, searched in both Uzbek scripts, sorted and cut as the address says. */
export async function listFindings(tx: Tx, programmeId: string, query: TableQuery, state: string | null): Promise<{ rows: FindingRow[]; matching: number; total: number }> {
	const all = tx.selectFrom('assessment.finding as f').where('f.programmeId', '=', programmeId);
	let found = all;
	if (query.search !== '') found = found.where('f.search', 'like', `%${fold(query.search).replace(/[\\%_]/g, '\\$&')}%`);
	if (state) found = found.where('f.state', '=', state);
	const count = sql<string>`count(*)`.as('count');
	const [total, matching] = [await all.select(count).executeTakeFirstOrThrow(), await found.select(count).executeTakeFirstOrThrow()];
	const { key, descending } = query.sort ?? { key: 'code', descending: true };
	const by = key === 'statement' ? sql`f.search` : key === 'state' ? sql`f.state` : key === 'since' ? sql`f.stands_since` : sql`f.number`;
	const rows = await found
		.leftJoin('network.place as p', 'p.id', 'f.placeId')
		.select(['f.id', 'f.number', 'f.statement', 'f.state', 'f.standsSince', 'p.name as place'])
		.select(
			sql<number>`((select count(*) from assessment.finding_figure c where c.finding_id = f.id) + (select count(*) from assessment.finding_quotation c where c.finding_id = f.id)
			+ (select count(*) from assessment.finding_document c where c.finding_id = f.id) + (select count(*) from assessment.finding_score c where c.finding_id = f.id))::int`.as('evidence')
		)
		.orderBy(by, descending ? 'desc' : 'asc')
		.orderBy('f.id')
		.limit(query.pageSize)
		.offset(query.offset)
		.execute();
	return { rows, matching: Number(matching.count), total: Number(total.count) };
}

/** A finding with the evidence attached. @throws Problem `not-found` */
export async function getFinding(tx: Tx, programmeId: string, id: string) {
	const finding = await tx
		.selectFrom('assessment.finding as f')
		.leftJoin('network.place as p', 'p.id', 'f.placeId')
		.selectAll('f')
		.select('p.name as place')
		.where('f.id', '=', id)
		.where('f.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!finding) throw notFound();
	const figures = await tx
		.selectFrom('assessment.findingFigure as c')
		.innerJoin('assessment.figure as e', 'e.id', 'c.figureId')
		.select(['e.id', 'e.number', 'e.title', 'e.n', 'e.cutOff', withdrawnSince('e.id').as('withdrawnAt'), withdrawnWhy('e.id').as('withdrawnReason')])
		.where('c.findingId', '=', id)
		.orderBy('e.number')
		.execute();
	const quotations = await tx
		.selectFrom('assessment.findingQuotation as c')
		.innerJoin('assessment.quotation as e', 'e.id', 'c.quotationId')
		.select(['e.id', 'e.number', 'e.words', 'e.spokenBy', 'e.consentLevel', withdrawnSince('e.id').as('withdrawnAt'), withdrawnWhy('e.id').as('withdrawnReason')])
		.where('c.findingId', '=', id)
		.orderBy('e.number')
		.execute();
	const documents = await tx
		.selectFrom('assessment.findingDocument as c')
		.innerJoin('assessment.document as e', 'e.id', 'c.documentId')
		.select(['e.id', 'e.number', 'e.title', 'e.source', 'e.page', withdrawnSince('e.id').as('withdrawnAt'), withdrawnWhy('e.id').as('withdrawnReason')])
		.where('c.findingId', '=', id)
		.orderBy('e.number')
		.execute();
	const scores = await tx
		.selectFrom('assessment.findingScore as c')
		.innerJoin('assessment.score as e', 'e.id', 'c.scoreId')
		.select(['e.id', 'e.number', 'e.title', 'e.criteria', 'e.services', withdrawnSince('e.id').as('withdrawnAt'), withdrawnWhy('e.id').as('withdrawnReason')])
		.where('c.findingId', '=', id)
		.orderBy('e.number')
		.execute();
	const cited = await tx.selectFrom('assessment.findingScore').select(sql<number>`count(*)::int`.as('count')).where('findingId', '=', id).executeTakeFirstOrThrow();
	return { finding, figures, quotations, documents, scores, closedScores: cited.count - scores.length };
}
export type FindingPage = Awaited<ReturnType<typeof getFinding>>;

/** The documents of a programme, newest first. */
export const listDocuments = (tx: Tx, programmeId: string) =>
	tx.selectFrom('assessment.document').select(['id', 'number', 'title', 'source', 'page', 'dated', 'fileId', 'link', 'placeId', withdrawnSince('assessment.document.id').as('withdrawnAt')]).where('programmeId', '=', programmeId).orderBy('number', 'desc').execute();

/** A document. @throws Problem `not-found` */
export async function getDocument(tx: Tx, programmeId: string, id: string) {
	const found = await tx.selectFrom('assessment.document').selectAll().where('id', '=', id).where('programmeId', '=', programmeId).executeTakeFirst();
	if (!found) throw notFound();
	return found;
}

/** The quotations of a programme, newest first. */
export const listQuotations = (tx: Tx, programmeId: string) =>
	tx.selectFrom('assessment.quotation').select(['id', 'number', 'words', 'spokenBy', 'saidOn', 'consentLevel', 'placeId', withdrawnSince('assessment.quotation.id').as('withdrawnAt')]).where('programmeId', '=', programmeId).orderBy('number', 'desc').execute();

/** A quotation. @throws Problem `not-found` */
export async function getQuotation(tx: Tx, programmeId: string, id: string) {
	const found = await tx.selectFrom('assessment.quotation').selectAll().where('id', '=', id).where('programmeId', '=', programmeId).executeTakeFirst();
	if (!found) throw notFound();
	return found;
}
