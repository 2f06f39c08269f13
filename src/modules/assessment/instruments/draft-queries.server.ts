import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import type { Locale } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { readStoredFile } from '#platform/files.server.ts';
import { shownNameIfAny } from '#platform/shown-name.ts';
import { bookSchema, workbookOf, type Book } from './book.ts';
import { contentVersion } from './check.ts';
import type { DraftRow } from './draft.ts';
import { settingsOf } from './outline.ts';
import { xlsFormErrorText } from './xlsform-problems.ts';
import { checkSheets, readXlsForm } from './xlsform.server.ts';
import { workbookSchema, type XlsFormResult } from './xlsform.ts';

/** The drafts of a programme, the latest changed first. */
export const listDrafts = (tx: Tx, programmeId: string): Promise<DraftRow[]> =>
	tx
		.selectFrom('assessment.instrumentDraft as d')
		.leftJoin('network.person as p', 'p.id', 'd.changedBy')
		.leftJoin('assessment.instrumentVersion as v', 'v.id', 'd.basedOnId')
		.select(['d.id', 'd.title', 'd.changedAt', shownNameIfAny('p').as('changedBy'), 'd.state', 'v.version as basedOn'])
		.where('d.programmeId', '=', programmeId)
		.orderBy('d.changedAt', 'desc')
		.execute();

/** A draft with its sheets, and whether a change can be taken back or done again. @throws Problem `not-found` */
export async function getDraft(tx: Tx, programmeId: string, id: string) {
	const draft = await tx
		.selectFrom('assessment.instrumentDraft as d')
		.leftJoin('network.person as p', 'p.id', 'd.changedBy')
		.leftJoin('assessment.instrumentVersion as v', 'v.id', 'd.basedOnId')
		.select(['d.id', 'd.title', 'd.book', 'd.revision', 'd.position', 'd.basedOnId', 'd.state', 'd.changedAt', shownNameIfAny('p').as('changedBy'), 'v.instrumentId', 'v.version as basedOn'])
		.select(
			sql<number[]>`(select coalesce(array_agg(s.position), '{}') from assessment.instrument_draft_step s where s.draft_id = d.id and s.position in (d.position - 1, d.position + 1))`.as('near')
		)
		.where('d.id', '=', id)
		.where('d.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!draft) throw notFound();
	const { near, book, position, ...facts } = draft;
	return { ...facts, book: bookSchema.parse(book), canUndo: near.includes(position - 1), canRedo: near.includes(position + 1) };
}
export type DraftPage = Awaited<ReturnType<typeof getDraft>>;

const remembered = new Map<string, Promise<XlsFormResult>>();

/** What a draft would become, remembered for the sheets as they stand. */
export function checkBook(book: Book): Promise<XlsFormResult> {
	const workbook = workbookOf(book);
	const key = contentVersion(workbook) + contentVersion({ sheets: [...workbook.sheets].reverse() });
	const known = remembered.get(key);
	if (known) return known;
	const result = checkSheets(workbook, settingsOf(book)['id_string'] ?? 'form');
	remembered.set(key, result);
	result.catch(() => remembered.delete(key));
	const [oldest] = remembered.keys();
	if (remembered.size > 16 && oldest !== undefined) remembered.delete(oldest);
	return result;
}

/** Something that is wrong with a draft, in the reader's language, with the place where it is mended. */
export type DraftProblem = { readonly sheet: string | null; readonly row: number | null; readonly column: string | null; readonly text: string };

/** What is wrong with a draft; nothing when it can be saved. */
export function problemsOf(result: XlsFormResult, locale: Locale): DraftProblem[] {
	if (result.ok) return [];
	return result.errors.map(({ code, facts, message, sheet, row, column }) => ({
		sheet: sheet ?? null,
		row: row ?? null,
		column: column ?? null,
		text: xlsFormErrorText({ code, facts, message }, locale)
	}));
}

/** The sheets of a version: as they were saved, or read from the file it came from. @throws Problem `not-found` */
export async function sheetsOfVersion(tx: Tx, programmeId: string, versionId: string) {
	const found = await tx
		.selectFrom('assessment.instrumentVersion as v')
		.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
		.select(['v.id', 'v.version', 'v.workbook', 'v.sourceFileId', 'i.id as instrumentId', 'i.formId', 'i.title'])
		.where('v.id', '=', versionId)
		.where('v.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!found) throw notFound();
	const { workbook, sourceFileId, ...facts } = found;
	if (workbook !== null) return { ...facts, workbook: workbookSchema.parse(workbook) };
	if (sourceFileId === null) throw notFound();
	const file = await readStoredFile(tx, programmeId, sourceFileId);
	const read = await readXlsForm(new Uint8Array(file.content), file.name);
	if (!read.ok) throw notFound();
	return { ...facts, workbook: read.workbook };
}

/** The versions an instrument has already, by its form_id. */
export const versionsTaken = async (tx: Tx, programmeId: string, formId: string): Promise<string[]> => {
	const rows = await tx
		.selectFrom('assessment.instrumentVersion as v')
		.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
		.select('v.version')
		.where('i.programmeId', '=', programmeId)
		.where('i.formId', '=', formId)
		.execute();
	return rows.map((row) => row.version);
};
