import { problem } from '#platform/problem.ts';
import { BOOK_LIMITS, columnsOf, fieldsOf, markOf, sheetOf, type Book, type BookRow, type BookSheet } from './book.ts';
import { edgeOf, typeParts, typeText } from './outline.ts';
import type { Edit, Edited } from './edit-kinds.ts';
import { editChoices } from './edit-choices.ts';
import { editLanguages, editSettings } from './edit-settings.ts';
import { column, emptySheet, rename, withSheet } from './edit-sheet.ts';

/**
 * Carries out one change on a book.
 * @throws Problem `draft.row-changed` (409) when somebody else changed or removed the same row meanwhile;
 *   `draft.name-…`, `draft.language-…`, `draft.too-large` (400) for what cannot be
 */
export function applyEdit(book: Book, edit: Edit): Edited {
	const edited = change(book, edit);
	if (edited.book.sheets.reduce((sum, sheet) => sum + sheet.rows.length * sheet.headers.length, 0) > BOOK_LIMITS.cells) throw problem('draft.too-large', 400);
	return edited;
}

function change(book: Book, edit: Edit): Edited {
	switch (edit.do) {
		case 'add':
			return add(book, edit.after, edit.kind);
		case 'set':
			return set(book, edit);
		case 'up':
		case 'down':
			return move(book, edit.row, edit.do);
		case 'duplicate':
			return duplicate(book, edit.row);
		case 'remove':
			return remove(book, edit);
		case 'list':
		case 'choice-up':
		case 'choice-down':
		case 'choice-remove':
			return editChoices(book, edit);
		case 'settings':
			return editSettings(book, edit);
		default:
			return editLanguages(book, edit);
	}
}

const survey = (book: Book): BookSheet => sheetOf(book, 'survey') ?? emptySheet('survey', ['type', 'name', 'label']);

/** Where a row stands. @throws Problem `draft.row-changed` when it was removed meanwhile */
function indexOf(sheet: BookSheet, id: string): number {
	const index = sheet.rows.findIndex((row) => row.id === id);
	if (index === -1) throw problem('draft.row-changed', 409);
	return index;
}

function unchanged(row: BookRow | undefined, mark: string): BookRow {
	if (!row || markOf(row.cells) !== mark) throw problem('draft.row-changed', 409);
	return row;
}

/** From a row to the end of what it holds. Indexes, both included. */
function blockAt(sheet: BookSheet, from: number): [number, number] {
	const type = columnsOf(sheet).get('type') ?? -1;
	const edge = (index: number) => edgeOf(sheet.rows[index]?.cells[type])?.edge;
	if (edge(from) !== 'begin') return [from, from];
	let open = 0;
	for (let i = from; i < sheet.rows.length; i++) {
		open += edge(i) === 'begin' ? 1 : edge(i) === 'end' ? -1 : 0;
		if (open === 0) return [from, i];
	}
	return [from, from];
}

/** A name that no row has: `q7`, or `age_2` for a copy of `age`. */
function freeName(taken: ReadonlySet<string>, base: string): string {
	for (let i = base === 'q' || base === 'g' ? 1 : 2; ; i++) {
		const name = base === 'q' || base === 'g' ? `${base}${i}` : `${base.replace(/_\d+$/, '')}_${i}`;
		if (!taken.has(name)) return name;
	}
}

function namesIn(sheet: BookSheet): Set<string> {
	const name = columnsOf(sheet).get('name') ?? -1;
	return new Set(sheet.rows.map((row) => row.cells[name] ?? ''));
}

function add(book: Book, after: string, kind: string): Edited {
	const [made, type] = column(survey(book), 'type');
	const [sheet, name] = column(made, 'name');
	const at = after === '' ? sheet.rows.length : indexOf(sheet, after) + 1;
	const container = /^begin_(group|repeat)$/.exec(kind)?.[1];
	const cellsOf = (typeOf: string, nameOf: string): string[] => sheet.headers.map((_, i) => (i === type ? typeOf : i === name ? nameOf : ''));
	const parts = typeParts(kind);
	const needsList = ['select_one', 'select_multiple', 'rank'].includes(parts.kind) && parts.list === '';
	const own = freeName(namesIn(sheet), container ? 'g' : 'q');
	const list = needsList ? `${own}_list` : parts.list;
	const rows = [{ id: `r${book.next}`, cells: cellsOf(typeText({ ...parts, list }), own) }];
	if (container) rows.push({ id: `r${book.next + 1}`, cells: cellsOf(`end_${container}`, '') });
	const next = { ...book, next: book.next + rows.length };
	const added = withSheet(next, { ...sheet, rows: sheet.rows.toSpliced(at, 0, ...rows) });
	return { book: needsList ? withEmptyList(added, list) : added, row: `r${book.next}` };
}

/** A new question with choices comes with two of them, to be written over. */
function withEmptyList(book: Book, list: string): Book {
	const before = sheetOf(book, 'choices') ?? emptySheet('choices', ['list_name', 'name', 'label']);
	const [made, listName] = column(before, 'list_name');
	const [sheet, name] = column(made, 'name');
	const rows = ['1', '2'].map((choice, i) => ({ id: `r${book.next + i}`, cells: sheet.headers.map((_, c) => (c === listName ? list : c === name ? choice : '')) }));
	return withSheet({ ...book, next: book.next + 2 }, { ...sheet, rows: [...sheet.rows, ...rows] });
}

function set(book: Book, edit: Extract<Edit, { do: 'set' }>): Edited {
	let sheet = survey(book);
	const index = indexOf(sheet, edit.row);
	const row = unchanged(sheet.rows[index], edit.seen);
	const before = fieldsOf(columnsOf(sheet), row);
	const wanted: Record<string, string> = { ...edit.fields };
	const isEdge = edgeOf(before['type']) !== undefined;
	if (edit.type && !isEdge) wanted['type'] = typeText(edit.type);
	let cells = row.cells;
	for (const [key, value] of Object.entries(wanted)) {
		if (value === (before[key] ?? '')) continue;
		const [grown, at] = column(sheet, key);
		sheet = grown;
		cells = sheet.headers.map((_, i) => (i === at ? value : (cells[i] ?? '')));
	}
	const name = wanted['name'];
	const changed = withSheet(book, { ...sheet, rows: sheet.rows.with(index, { id: row.id, cells }) });
	const wasAlone = before['name'] !== undefined && survey(book).rows.filter((each) => fieldsOf(columnsOf(survey(book)), each)['name'] === before['name']).length === 1;
	const renamed = name !== undefined && name !== '' && before['name'] !== undefined && name !== before['name'] && wasAlone ? rename(changed, before['name'], name) : changed;
	const list = edit.type?.list ?? '';
	const needsList = ['select_one', 'select_multiple', 'rank'].includes(edit.type?.kind ?? '') && list !== '' && !hasList(renamed, list);
	return { book: needsList ? withEmptyList(renamed, list) : renamed, row: row.id };
}

function hasList(book: Book, list: string): boolean {
	const sheet = sheetOf(book, 'choices');
	const at = sheet ? columnsOf(sheet).get('list_name') : undefined;
	return at !== undefined && (sheet?.rows.some((row) => row.cells[at] === list) ?? false);
}

/** One row up or down, groups whole: past the edge of a group means into it or out of it. */
function move(book: Book, id: string, direction: 'up' | 'down'): Edited {
	const sheet = survey(book);
	const [from, to] = blockAt(sheet, indexOf(sheet, id));
	const filled = (index: number): boolean => sheet.rows[index]?.cells.some((cell) => cell !== '') ?? true;
	let past = direction === 'up' ? from - 1 : to + 1;
	while (past > 0 && past < sheet.rows.length && !filled(past)) past += direction === 'up' ? -1 : 1;
	if (past < 0 || past >= sheet.rows.length) return { book, row: id };
	const block = sheet.rows.slice(from, to + 1);
	const rest = sheet.rows.toSpliced(from, block.length);
	const at = direction === 'up' ? past : past - block.length + 1;
	return { book: withSheet(book, { ...sheet, rows: rest.toSpliced(at, 0, ...block) }), row: id };
}

/** A copy below the original, with names of its own; references inside a copied group point into the copy. */
function duplicate(book: Book, id: string): Edited {
	const sheet = survey(book);
	const [from, to] = blockAt(sheet, indexOf(sheet, id));
	const columns = columnsOf(sheet);
	const name = columns.get('name') ?? -1;
	const taken = namesIn(sheet);
	const renames = new Map<string, string>();
	for (const row of sheet.rows.slice(from, to + 1)) {
		const own = row.cells[name] ?? '';
		if (own === '' || renames.has(own)) continue;
		const fresh = freeName(taken, own);
		taken.add(fresh);
		renames.set(own, fresh);
	}
	const pointed = (cell: string): string => cell.replace(/\$\{([^}]+)\}/g, (whole, target: string) => `\${${renames.get(target) ?? target}}`);
	const copies = sheet.rows.slice(from, to + 1).map((row, i) => ({
		id: `r${book.next + i}`,
		cells: row.cells.map((cell, c) => (c === name ? (renames.get(cell) ?? cell) : pointed(cell)))
	}));
	return { book: withSheet({ ...book, next: book.next + copies.length }, { ...sheet, rows: sheet.rows.toSpliced(to + 1, 0, ...copies) }), row: copies[0]?.id ?? id };
}

function remove(book: Book, { row: id, seen: mark, keep }: Extract<Edit, { do: 'remove' }>): Edited {
	const sheet = survey(book);
	const index = indexOf(sheet, id);
	unchanged(sheet.rows[index], mark);
	const [from, to] = blockAt(sheet, index);
	const gone = new Set(keep ? [from, to] : Array.from({ length: to - from + 1 }, (_, i) => from + i));
	const above = sheet.rows.slice(0, from).findLast((row) => row.cells.some((cell) => cell !== ''));
	const book2 = withSheet(book, { ...sheet, rows: sheet.rows.filter((_, i) => !gone.has(i)) });
	return above ? { book: book2, row: above.id } : { book: book2 };
}
