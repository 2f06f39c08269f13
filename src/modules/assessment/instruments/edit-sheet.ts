import { headingsOf } from '#xforms/columns.ts';
import { CHOICES, SETTINGS, SURVEY } from '#xforms/vocabulary.ts';
import { columnsOf, isSheet, type Book, type BookSheet } from './book.ts';

export const emptySheet = (name: string, headers: readonly string[]): BookSheet => ({ name, headers: [...headers], rows: [] });

/** The book with a sheet in place of the one of that name, or added. */
export function withSheet(book: Book, sheet: BookSheet): Book {
	const at = book.sheets.findIndex((each) => isSheet(each, sheet.name.trim().toLowerCase()));
	return { ...book, sheets: at === -1 ? [...book.sheets, sheet] : book.sheets.with(at, sheet) };
}

/** How columns are headed that the editor adds. */
const shownAs: Readonly<Record<string, string>> = {
	'bind::relevant': 'relevant',
	'bind::required': 'required',
	'bind::readonly': 'readonly',
	'bind::constraint': 'constraint',
	'bind::calculate': 'calculation',
	'bind::jr:constraintMsg': 'constraint_message',
	'bind::jr:requiredMsg': 'required_message',
	'control::appearance': 'appearance',
	'control::jr:count': 'repeat_count',
	'media::image': 'image',
	'media::audio': 'audio',
	'media::video': 'video',
	'media::big-image': 'big-image',
	id_string: 'form_id',
	title: 'form_title'
};

/** The heading for a column of that meaning: `bind::jr:constraintMsg::Русский (ru)` -> `constraint_message::Русский (ru)`. */
export function headingFor(key: string): string {
	for (const [meaning, heading] of Object.entries(shownAs)) {
		if (key === meaning) return heading;
		if (key.startsWith(`${meaning}::`)) return `${heading}${key.slice(meaning.length)}`;
	}
	return key;
}

const vocabularies = { survey: SURVEY, choices: CHOICES, settings: SETTINGS };

/**
 * The column of that meaning in a sheet, added where it is missing. A sheet whose headings are divided by single colons
 * is written with double ones first: the two do not go together in one sheet.
 */
export function column(sheet: BookSheet, key: string): [BookSheet, number] {
	const found = columnsOf(sheet).get(key);
	if (found !== undefined) return [sheet, found];
	const name = sheet.name.trim().toLowerCase();
	const vocabulary = name === 'survey' || name === 'settings' ? vocabularies[name] : vocabularies.choices;
	const single = key.includes('::') && !sheet.headers.some((header) => header.includes('::'));
	const headers = single ? headingsOf(sheet.headers, vocabulary).map((tokens, i) => (tokens.length > 1 && sheet.headers[i]?.includes(':') ? headingFor(tokens.join('::')) : (sheet.headers[i] ?? ''))) : sheet.headers;
	return [{ ...sheet, headers: [...headers, headingFor(key)], rows: sheet.rows.map((row) => ({ ...row, cells: [...row.cells, ''] })) }, headers.length];
}

/** Writes a new name into every reference to the old one, on every sheet. */
export function rename(book: Book, from: string, to: string): Book {
	const pointed = (cell: string): string => cell.replaceAll(`\${${from}}`, `\${${to}}`).replaceAll(`\${last-saved#${from}}`, `\${last-saved#${to}}`);
	return { ...book, sheets: book.sheets.map((sheet) => ({ ...sheet, rows: sheet.rows.map((row) => ({ ...row, cells: row.cells.map(pointed) })) })) };
}
