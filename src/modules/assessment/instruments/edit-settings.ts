import { problem } from '#platform/problem.ts';
import { columnsOf, inLanguage, languagesOf, markOf, sheetOf, translated, type Book } from './book.ts';
import type { Edit, Edited } from './edit-kinds.ts';
import { column, emptySheet, headingFor, withSheet } from './edit-sheet.ts';

/** The mark of a book's settings. */
export const settingsMark = (book: Book): string => markOf(sheetOf(book, 'settings')?.rows[0]?.cells ?? []);

/** Sets values on the settings sheet. @throws Problem `draft.row-changed` (409) */
export function editSettings(book: Book, edit: Extract<Edit, { do: 'settings' }>): Edited {
	if (settingsMark(book) !== edit.seen) throw problem('draft.row-changed', 409);
	return { book: withSettings(book, edit.fields) };
}

/** The book with these settings; empty ones are cleared. */
export function withSettings(book: Book, fields: Readonly<Record<string, string>>): Book {
	let sheet = sheetOf(book, 'settings') ?? emptySheet('settings', []);
	let next = book.next;
	let row = sheet.rows[0] ?? { id: `r${next++}`, cells: [] };
	for (const [key, value] of Object.entries(fields)) {
		if (value === '' && !columnsOf(sheet).has(key)) continue;
		const [grown, at] = column(sheet, key);
		sheet = grown;
		row = { ...row, cells: sheet.headers.map((_, i) => (i === at ? value : (row.cells[i] ?? ''))) };
	}
	return withSheet({ ...book, next }, { ...sheet, rows: [row, ...sheet.rows.slice(1)] });
}

type LanguageEdit = Extract<Edit, { do: 'language-add' | 'language-rename' | 'language-remove' }>;

/** Adds, renames or removes a language on all sheets. @throws Problem `draft.language-exists`, `draft.language-last` (400) */
export function editLanguages(book: Book, edit: LanguageEdit): Edited {
	const languages = languagesOf(book);
	if (edit.do === 'language-add') {
		const language = edit.language.trim();
		if (language === '' || language.includes('::') || languages.includes(language)) throw problem('draft.language-exists', 400, { language }, 'language');
		return { book: addLanguage(book, language) };
	}
	if (edit.do === 'language-remove') {
		if (languages.length < 2) throw problem('draft.language-last', 400);
		return { book: withoutLanguage(book, edit.language) };
	}
	const to = edit.to.trim();
	if (to === '' || to.includes('::') || (to !== edit.from && languages.includes(to))) throw problem('draft.language-exists', 400, { language: to }, 'to');
	return { book: renameLanguage(book, edit.from, to) };
}

function addLanguage(book: Book, language: string): Book {
	let made = book;
	for (const [name, headers] of [['survey', ['type', 'name']], ['choices', ['list_name', 'name']]] as const) {
		const [sheet] = column(sheetOf(made, name) ?? emptySheet(name, headers), inLanguage('label', language));
		made = withSheet(made, sheet);
	}
	return made;
}

const fieldOf = (name: 'survey' | 'choices', key: string, language: string): string | undefined => translated[name].find((field) => key === inLanguage(field, language));

function withoutLanguage(book: Book, language: string): Book {
	let made = book;
	for (const name of ['survey', 'choices'] as const) {
		const sheet = sheetOf(made, name);
		if (!sheet) continue;
		const gone = new Set([...columnsOf(sheet)].flatMap(([key, index]) => (fieldOf(name, key, language) === undefined ? [] : [index])));
		const kept = (cells: readonly string[]): string[] => cells.filter((_, i) => !gone.has(i));
		made = withSheet(made, { ...sheet, headers: kept(sheet.headers), rows: sheet.rows.map((row) => ({ ...row, cells: kept(row.cells) })) });
	}
	return withDefault(made, language, '');
}

function renameLanguage(book: Book, from: string, to: string): Book {
	let made = book;
	for (const name of ['survey', 'choices'] as const) {
		const sheet = sheetOf(made, name);
		if (!sheet) continue;
		const headings = new Map([...columnsOf(sheet)].flatMap(([key, index]) => {
			const field = fieldOf(name, key, from);
			return field === undefined ? [] : [[index, headingFor(inLanguage(field, to))] as const];
		}));
		// Headings divided by single colons do not go together with the new ones; all are written in full.
		const single = !sheet.headers.some((header) => header.includes('::'));
		const keys = new Map([...columnsOf(sheet)].map(([key, index]) => [index, key]));
		const headers = sheet.headers.map((header, i) => headings.get(i) ?? (single && header.includes(':') ? headingFor(keys.get(i) ?? header) : header));
		made = withSheet(made, { ...sheet, headers });
	}
	return withDefault(made, from, to);
}

function withDefault(book: Book, from: string, to: string): Book {
	const sheet = sheetOf(book, 'settings');
	const at = sheet ? columnsOf(sheet).get('default_language') : undefined;
	if (!sheet || at === undefined || sheet.rows[0]?.cells[at] !== from) return book;
	return withSettings(book, { default_language: to });
}
