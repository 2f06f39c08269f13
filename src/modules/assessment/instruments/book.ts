import { z } from 'zod';
import { headingsOf, type Vocabulary } from '#xforms/columns.ts';
import { CHOICES, ENTITIES, EXTERNAL_CHOICES, OSM, SETTINGS, SURVEY } from '#xforms/vocabulary.ts';
import type { Workbook } from '#xforms/workbook.ts';

/** Limits on an instrument that is written in the browser. */
export const BOOK_LIMITS = { rows: 5000, columns: 200, cell: 10_000, cells: 60_000 } as const;

const cell = z.string().max(BOOK_LIMITS.cell);
const rowSchema = z.object({ id: z.string().max(12), cells: z.array(cell).max(BOOK_LIMITS.columns) });
const sheetSchema = z.object({ name: z.string().max(100), headers: z.array(cell).max(BOOK_LIMITS.columns), rows: z.array(rowSchema).max(BOOK_LIMITS.rows) });

/**
 * The sheets of an instrument that is being written. Cells stand exactly as in the spreadsheet, columns that the editor
 * does not know included, so that nothing is lost between a spreadsheet, the editor and a spreadsheet. Each row has an
 * identity that survives moving.
 */
export const bookSchema = z.object({ next: z.int(), sheets: z.array(sheetSchema).max(50) });
export type Book = z.output<typeof bookSchema>;
export type BookSheet = Book['sheets'][number];
export type BookRow = BookSheet['rows'][number];

const vocabularies: Readonly<Record<string, Vocabulary>> = {
	survey: SURVEY,
	choices: CHOICES,
	settings: SETTINGS,
	external_choices: EXTERNAL_CHOICES,
	entities: ENTITIES,
	osm: OSM
};

/** Sheets as the converter reads them, made into a book. @throws ZodError when they go beyond the limits */
export function bookOf(workbook: Workbook): Book {
	let next = 1;
	const sheets = workbook.sheets
		.filter((sheet) => sheet.rows.length > 0)
		.map((sheet) => {
			const width = Math.max(...sheet.rows.map((row) => row.length));
			const [head = [], ...rows] = sheet.rows.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? ''));
			return { name: sheet.name, headers: head, rows: rows.map((cells) => ({ id: `r${next++}`, cells })) };
		});
	return bookSchema.parse({ next, sheets });
}

/** A book as the sheets that the converter reads and that a spreadsheet holds. */
export const workbookOf = (book: Book): Workbook => ({
	sheets: book.sheets.map(({ name, headers, rows }) => ({ name, rows: [headers, ...rows.map((row) => row.cells)] }))
});

export const isSheet = (sheet: { readonly name: string }, name: string): boolean => sheet.name.trim().toLowerCase() === name;

export const sheetOf = (book: Book, name: string): BookSheet | undefined => book.sheets.find((sheet) => isSheet(sheet, name));

/**
 * The columns of a sheet by what they mean: `relevance` is `bind::relevant`, `label::Русский (ru)` is itself. The value
 * is the index of the column.
 */
export function columnsOf(sheet: BookSheet): Map<string, number> {
	const columns = new Map<string, number>();
	const vocabulary = vocabularies[sheet.name.trim().toLowerCase()] ?? CHOICES;
	headingsOf(sheet.headers, vocabulary).forEach((tokens, index) => {
		const key = tokens.join('::');
		if (key !== '' && !columns.has(key)) columns.set(key, index);
	});
	return columns;
}

/** The cells of a row by what their columns mean; empty cells are left out. */
export function fieldsOf(columns: ReadonlyMap<string, number>, row: BookRow): Record<string, string> {
	const fields: Record<string, string> = {};
	for (const [key, index] of columns) {
		const text = row.cells[index];
		if (text !== undefined && text !== '') fields[key] = text;
	}
	return fields;
}

/** What people read, and so what is written in every language of an instrument. */
export const translated = {
	survey: ['label', 'hint', 'guidance_hint', 'bind::jr:constraintMsg', 'bind::jr:requiredMsg', 'media::image', 'media::audio', 'media::video', 'media::big-image'],
	choices: ['label', 'media::image', 'media::audio', 'media::video', 'media::big-image']
} as const;

/** The key of a field in a language; `''` is the language that has no name. */
export const inLanguage = (field: string, language: string): string => (language === '' ? field : `${field}::${language}`);

/** The languages of a book in the order in which they first occur; `['']` where none is named. */
export function languagesOf(book: Book): string[] {
	const languages = new Set<string>();
	for (const name of ['survey', 'choices'] as const) {
		const sheet = sheetOf(book, name);
		if (!sheet) continue;
		for (const key of columnsOf(sheet).keys()) {
			for (const field of translated[name]) {
				if (key === field) languages.add('');
				else if (key.startsWith(`${field}::`)) languages.add(key.slice(field.length + 2));
			}
		}
	}
	return languages.size === 0 ? [''] : [...languages];
}

/** A short mark of what a row says, for telling whether somebody changed it meanwhile. FNV-1a, 53 bits. */
export function markOf(cells: readonly string[]): string {
	let [low, high] = [0x811c9dc5, 0x1505];
	const text = JSON.stringify(cells.map((each) => each).join('\u0000').replace(/\u0000+$/, ''));
	for (let i = 0; i < text.length; i++) {
		low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
		high = Math.imul(high, 33) ^ text.charCodeAt(i);
	}
	return `${(low >>> 0).toString(36)}${(high >>> 0).toString(36)}`;
}

/** Row numbers as a spreadsheet counts them, by identity. */
export const rowNumbers = (sheet: BookSheet): Map<string, number> => new Map(sheet.rows.map((row, index) => [row.id, index + 2]));
