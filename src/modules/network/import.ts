import { createHash } from 'node:crypto';
import { canonical } from '#platform/canonical.ts';
import { locales, type Locale, type LocalText } from '#platform/locales.ts';
import { problem, type Facts } from '#platform/problem.ts';
import { neutralise } from '#platform/neutral.ts';

/** Most rows of one import. */
export const mostRows = 20_000;

/** What will happen to a row. */
export type ImportAction = 'add' | 'change' | 'unchanged' | 'error';

/** Why a row cannot be taken in, as the code of a problem. */
export type ImportReason = { readonly code: string; readonly facts: Facts };

/** What a column of a known record becomes. */
export type ImportChange = { readonly column: string; readonly from: string; readonly to: string };

/** One row of a preview. */
export type ImportRow = {
	/** Row in the file; the headings stand in row 1. */
	readonly line: number;
	readonly action: ImportAction;
	/** What the row is about, in its own words. */
	readonly label: string;
	readonly changes: readonly ImportChange[];
	readonly reasons: readonly ImportReason[];
};

/** What an import will do, row by row, and the writes that do it. With one error in it, nothing is written. */
export type ImportPlan<W> = {
	readonly rows: readonly ImportRow[];
	readonly writes: readonly W[];
	/** Columns of the file that are not taken in. */
	readonly ignored: readonly string[];
	readonly counts: Readonly<Record<ImportAction, number>>;
};

/** A row of a file by the names of its columns; undefined: the file has no such column. */
export type SheetRow<C extends string> = { readonly line: number; readonly cell: (column: C) => string | undefined };
export type Sheet<C extends string> = { readonly rows: readonly SheetRow<C>[]; readonly ignored: readonly string[] };

/** The column of a content field in a language: `name_uz_cyrl`. */
export const localColumn = <F extends string>(field: F, locale: Locale) => `${field}_${locale.replace('-', '_').toLowerCase()}`;
/** The columns of a content field in all languages. */
export const localColumns = (field: string): string[] => locales.map((locale) => localColumn(field, locale));

/**
 * Reads the rows of a file by the headings in its first row: in any order and case, further columns are named and left out.
 * @throws Problem `import.empty`, `import.columns-missing`, `import.column-twice`, `import.too-many-rows`
 */
export function readSheet(table: readonly (readonly string[])[], known: readonly string[], needed: readonly string[]): Sheet<string> {
	const [head = [], ...body] = table;
	const names = head.map((name) => name.trim().toLowerCase().replaceAll('-', '_').replace(/\s+/g, '_'));
	const missing = needed.filter((name) => !names.includes(name));
	if (missing.length > 0) throw problem('import.columns-missing', 400, { columns: missing.join(', ') });
	const twice = names.find((name, at) => known.includes(name) && names.indexOf(name) !== at);
	if (twice !== undefined) throw problem('import.column-twice', 400, { column: twice });
	const rows = body.flatMap((cells, at) => {
		if (cells.every((cell) => cell.trim() === '')) return [];
		const cell = (column: string): string | undefined => {
			const place = names.indexOf(column);
			return place === -1 ? undefined : unguarded((cells[place] ?? '').trim());
		};
		return [{ line: at + 2, cell }];
	});
	if (rows.length === 0) throw problem('import.empty', 400);
	if (rows.length > mostRows) throw problem('import.too-many-rows', 413, { maximum: mostRows });
	return { rows, ignored: head.filter((name, at) => name.trim() !== '' && !known.includes(names[at] ?? '')) };
}

/** Takes the apostrophe off again that an export puts before what a spreadsheet would run. */
function unguarded(text: string): string {
	const bare = text.slice(1);
	return text.startsWith("'") && neutralise(bare) === text ? bare : text;
}

/** Characters that have no business in a cell: control characters, halves of characters, turned directions of writing. */
const unwanted = /(?![\n\t])\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u;

/** What is wrong with a text for a column, or undefined. */
export function textFault(text: string, column: string, longest: number): ImportReason | undefined {
	if (unwanted.test(text)) return { code: 'import.unwanted-characters', facts: { column } };
	if (text.length > longest) return { code: 'import.too-long', facts: { column, maximum: longest } };
	return undefined;
}

/** A content field of a row laid over what is there: an empty cell leaves it. */
export function localCells(row: SheetRow<string>, field: string, there: LocalText): LocalText {
	const text: LocalText = { ...there };
	for (const locale of locales) {
		const cell = row.cell(localColumn(field, locale));
		if (cell) text[locale] = cell;
	}
	return text;
}

/** The cells of a content field, for an export. */
export const cellsOf = (text: LocalText): string[] => locales.map((locale) => text[locale] ?? '');

/** What differs between two rows of cells. */
export const changesBetween = (columns: readonly string[], before: readonly string[], after: readonly string[]): ImportChange[] =>
	columns.flatMap((column, at) => {
		const [from = '', to = ''] = [before[at], after[at]];
		return from === to ? [] : [{ column, from, to }];
	});

/** Puts a plan together; one error, and there is nothing to write. */
export function planOf<W>(rows: readonly ImportRow[], writes: readonly W[], ignored: readonly string[]): ImportPlan<W> {
	const counts = { add: 0, change: 0, unchanged: 0, error: 0 };
	for (const row of rows) counts[row.action] += 1;
	return { rows, writes: counts.error > 0 ? [] : writes, ignored, counts };
}

/** A short name for exactly this plan: what was shown and what is confirmed must be the same. */
export const planDigest = (plan: ImportPlan<unknown>): string => createHash('sha256').update(canonical(plan.rows)).digest('base64url');
