import { problem } from '#platform/problem.ts';
import { columnsOf, markOf, sheetOf, type Book, type BookRow, type BookSheet } from './book.ts';
import type { Edit, Edited } from './edit-kinds.ts';
import { column, emptySheet, withSheet } from './edit-sheet.ts';
import { listsOf, typeParts, typeText } from './outline.ts';

type ChoiceEdit = Extract<Edit, { do: 'list' | 'choice-up' | 'choice-down' | 'choice-remove' }>;

const choices = (book: Book): BookSheet => sheetOf(book, 'choices') ?? emptySheet('choices', ['list_name', 'name', 'label']);

/** A change to a choice list. @throws Problem `draft.row-changed` (409), `draft.list-exists` (400) */
export function editChoices(book: Book, edit: ChoiceEdit): Edited {
	if (edit.do === 'list') return saveList(book, edit);
	const sheet = choices(book);
	const index = sheet.rows.findIndex((row) => row.id === edit.row);
	const row = sheet.rows[index];
	if (!row) throw problem('draft.row-changed', 409);
	if (edit.do === 'choice-remove') {
		if (markOf(row.cells) !== edit.seen) throw problem('draft.row-changed', 409);
		return { book: withSheet(book, { ...sheet, rows: sheet.rows.toSpliced(index, 1) }) };
	}
	return { book: withSheet(book, { ...sheet, rows: swapped(sheet, index, edit.do === 'choice-up' ? -1 : 1) }), row: row.id };
}

/** A choice changes places with its neighbour in the same list; other lists may stand between. */
function swapped(sheet: BookSheet, index: number, step: -1 | 1): BookRow[] {
	const list = columnsOf(sheet).get('list_name') ?? -1;
	const here = sheet.rows[index];
	if (!here) return sheet.rows;
	for (let i = index + step; i >= 0 && i < sheet.rows.length; i += step) {
		const other = sheet.rows[i];
		if (other && other.cells[list] === here.cells[list]) return sheet.rows.with(i, here).with(index, other);
	}
	return sheet.rows;
}

/** Saves a list as it stands in its form: changed choices, new ones, and its name. */
function saveList(book: Book, edit: Extract<ChoiceEdit, { do: 'list' }>): Edited {
	const known = listsOf(book).find((list) => list.name === edit.list);
	if (known && known.mark !== edit.seen) throw problem('draft.row-changed', 409);
	if (edit.name !== edit.list && listsOf(book).some((list) => list.name === edit.name)) throw problem('draft.list-exists', 400, { name: edit.name }, 'name');
	const [listed, listColumn] = column(choices(book), 'list_name');
	let sheet = listed;
	let next = book.next;
	const written = edit.rows.filter(({ id, fields }) => id !== '' || Object.values(fields).some((value) => value.trim() !== ''));
	for (const key of new Set(written.flatMap(({ fields }) => Object.entries(fields).flatMap(([key, value]) => (value === '' ? [] : [key]))))) [sheet] = column(sheet, key);
	const columns = columnsOf(sheet);
	const cellsOf = (before: readonly string[], fields: Readonly<Record<string, string>>): string[] =>
		sheet.headers.map((_, i) => {
			if (i === listColumn) return edit.name;
			const key = [...columns].find(([, at]) => at === i)?.[0];
			return key !== undefined && fields[key] !== undefined ? fields[key] : (before[i] ?? '');
		});
	const changed = new Map(written.filter(({ id }) => id !== '').map(({ id, fields }) => [id, fields]));
	const rows = sheet.rows.map((row) => (row.cells[listColumn] === edit.list ? { id: row.id, cells: cellsOf(row.cells, changed.get(row.id) ?? {}) } : row));
	const last = rows.findLastIndex((row) => row.cells[listColumn] === edit.name);
	const taken = new Set(rows.filter((row) => row.cells[listColumn] === edit.name).map((row) => row.cells[columns.get('name') ?? -1]));
	const added = written.filter(({ id }) => id === '').map(({ fields }) => ({ id: `r${next++}`, cells: cellsOf([], { ...fields, name: fields['name'] || freeChoice(taken) }) }));
	const saved = withSheet({ ...book, next }, { ...sheet, rows: rows.toSpliced(last === -1 ? rows.length : last + 1, 0, ...added) });
	return { book: edit.name === edit.list ? saved : useList(saved, edit.list, edit.name) };
}

function freeChoice(taken: Set<string | undefined>): string {
	for (let i = 1; ; i++) {
		if (taken.has(String(i))) continue;
		taken.add(String(i));
		return String(i);
	}
}

/** Questions that used a list go on using it under its new name. */
function useList(book: Book, from: string, to: string): Book {
	const sheet = sheetOf(book, 'survey');
	const type = sheet ? columnsOf(sheet).get('type') : undefined;
	if (!sheet || type === undefined) return book;
	const rows = sheet.rows.map((row) => {
		const parts = typeParts(row.cells[type] ?? '');
		return parts.list === from ? { ...row, cells: row.cells.with(type, typeText({ ...parts, list: to })) } : row;
	});
	return withSheet(book, { ...sheet, rows });
}
