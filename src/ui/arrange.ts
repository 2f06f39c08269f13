import { fold } from '#platform/search-fold.ts';
import type { Column, TableQuery } from './table.ts';

/**
 * One page of rows that are all at hand: searched in either Uzbek script in everything the columns say, and sorted by a column's text
 * with numbers in their order. For lists that are short by nature; long ones are searched and sorted by the database.
 *
 * @param locale of the words, for their alphabetical order
 */
export function arrangeRows<Row>(
	all: readonly Row[],
	columns: readonly Column<Row>[],
	query: TableQuery,
	locale: string
): { rows: Row[]; matching: number; total: number } {
	const words = fold(query.search).split(' ').filter(Boolean);
	const found = all.filter((row) => {
		if (words.length === 0) return true;
		const text = fold(columns.map((column) => column.text(row)).join(' '));
		return words.every((word) => text.includes(word));
	});
	const by = columns.find((column) => column.key === query.sort?.key);
	if (by) {
		const { compare } = new Intl.Collator(locale, { numeric: true });
		const turn = query.sort?.descending ? -1 : 1;
		found.sort((a, b) => turn * compare(by.text(a), by.text(b)));
	}
	return { rows: found.slice(query.offset, query.offset + query.pageSize), matching: found.length, total: all.length };
}

/** The rows of an export of such a list: all that match, with the columns shown. */
export function arrangedTable<Row>(
	name: string,
	all: readonly Row[],
	columns: readonly Column<Row>[],
	query: TableQuery,
	locale: string
): { name: string; columns: string[]; rows: string[][] } {
	const { rows } = arrangeRows(all, columns, { ...query, offset: 0, pageSize: all.length }, locale);
	const shown = columns.filter((column) => query.columns.has(column.key));
	return { name, columns: shown.map((column) => column.label), rows: rows.map((row) => shown.map((column) => column.text(row))) };
}
