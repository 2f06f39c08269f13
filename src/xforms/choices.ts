import { flat, groupAt, textAt, translatedAt, type CellGroup, type Row, type Text } from './cells.ts';
import type { Table } from './columns.ts';
import { isName } from './expression.ts';
import type { Choice } from './form.ts';
import { refuse, type Warning } from './refusal.ts';
import type { SheetName } from './workbook.ts';
import { warning } from './warnings.ts';

const OWN_COLUMNS = new Set(['list_name', 'name', 'label', 'media', 'sms_option']);

/**
 * The choice lists of a sheet (`choices`, `external_choices`, `osm`), in its order. Rows without a list name are
 * notes of the author and are left out.
 *
 * @throws Refusal `choices.no-name`, `choices.duplicate`
 */
export function readChoices(
	table: Table,
	options: { sheet: SheetName; allowDuplicates: boolean; checked: boolean; warnings: Warning[] }
): Map<string, Choice[]> {
	const lists = new Map<string, Choice[]>();
	const names = new Map<string, Set<string>>();
	const columns = table.headings.map((tokens) => tokens[0] ?? '');
	for (const column of columns) {
		if (options.checked && column !== '' && !isName(column)) {
			options.warnings.push(warning('choices.column-left-out', { sheet: options.sheet, row: 1 }, { column }));
		}
	}
	for (const row of table.rows) {
		const list = textAt(row.cells, 'list_name');
		if (list === undefined) continue;
		const choices = lists.get(list) ?? [];
		const taken = names.get(list) ?? new Set();
		names.set(list, taken);
		if (options.checked) check(row, list, taken, options);
		choices.push(choiceOf(row, columns));
		lists.set(list, choices);
	}
	return lists;
}

function check(
	row: Row,
	list: string,
	taken: Set<string>,
	options: { sheet: SheetName; allowDuplicates: boolean; warnings: Warning[] }
): void {
	const place = { sheet: options.sheet, row: row.number };
	const name = textAt(row.cells, 'name');
	if (name === undefined) return refuse('choices.no-name', { ...place, column: 'name' });
	if (row.cells['label'] === undefined) {
		options.warnings.push(warning('choices.no-label', place, { name }));
	}
	if (!options.allowDuplicates && taken.has(name)) refuse('choices.duplicate', { ...place, column: 'name' }, { name, list });
	taken.add(name);
}

function choiceOf(row: Row, columns: readonly string[]): Choice {
	const extra: Record<string, string> = {};
	for (const column of columns) {
		if (OWN_COLUMNS.has(column) || !isName(column)) continue;
		const value = textAt(row.cells, column);
		if (value !== undefined) extra[column] = value;
	}
	return {
		name: textAt(row.cells, 'name') ?? '',
		row: row.number,
		label: translatedAt(row.cells, 'label'),
		media: mediaOf(row.cells),
		extra,
		smsOption: textAt(row.cells, 'sms_option'),
		order: columns
	};
}

/** `media::image` and its translations, by kind of media. */
export function mediaOf(cells: CellGroup): Record<string, Text> {
	const media = groupAt(cells, 'media');
	const texts: Record<string, Text> = {};
	for (const [kind, cell] of Object.entries(media ?? {})) texts[kind] = typeof cell === 'string' ? cell : flat(cell);
	return texts;
}
