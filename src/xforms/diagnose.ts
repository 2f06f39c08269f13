import { convert, type Conversion } from './convert.ts';
import type { FormOptions } from './readForm.ts';
import type { XlsFormError } from './refusal.ts';
import { findSheet, type SheetName, type Workbook } from './workbook.ts';

/** So many problems are enough to work on; looking for more takes one conversion each. */
const MOST = 25;

/** Cells read over all conversions of one diagnosis. */
const PATIENCE = 1_500_000;

/**
 * Converts, and where the form is refused, looks for what else is wrong with it: each problem is put right in a copy as
 * its author might, and the copy converted again. The first error is the one that `convert` states; what follows only
 * from an earlier one is left out as far as can be told.
 */
export function diagnose(workbook: Workbook, options: FormOptions = {}): Conversion {
	const first = convert(workbook, options);
	if (first.ok) return first;
	const found: XlsFormError[] = [...first.errors];
	const cells = workbook.sheets.reduce((sum, sheet) => sum + sheet.rows.reduce((all, row) => all + row.length, 0), 1);
	const lost = new Set<string>();
	let copy: Workbook | undefined = workbook;
	let last = first.errors[0];
	for (let i = 1; i < MOST && i * cells < PATIENCE && last !== undefined; i++) {
		copy = putRight(copy, last, lost);
		if (copy === undefined) break;
		const again = convert(copy, options);
		if (again.ok) break;
		last = again.errors[0];
		if (last === undefined) break;
		const follows = last.code === 'reference.unknown' && lost.has(last.facts['name'] ?? '');
		if (!follows && !found.some((error) => same(error, last))) found.push(last);
	}
	return { ok: false, errors: found };
}

const same = (one: XlsFormError, other: XlsFormError | undefined): boolean =>
	one.code === other?.code && one.sheet === other.sheet && one.row === other.row && one.column === other.column && one.message === other.message;

const sheets: readonly string[] = ['survey', 'choices', 'settings', 'external_choices', 'entities', 'osm'] satisfies SheetName[];
const isSheetName = (name: string | undefined): name is SheetName => sheets.includes(name ?? '');

/** A copy in which one problem is gone; undefined where that cannot be done. `lost` collects names that vanish with it. */
function putRight(workbook: Workbook, error: XlsFormError, lost: Set<string>): Workbook | undefined {
	if (!isSheetName(error.sheet) || error.row === undefined || error.row < 2) return undefined;
	const sheet = findSheet(workbook, error.sheet);
	const row = sheet?.rows[error.row - 1];
	if (sheet === undefined || row === undefined) return undefined;
	const header = (sheet.rows[0] ?? []).map((cell) => cell.trim().toLowerCase());
	const at = (column: string): number => header.findIndex((cell) => cell === column || cell.startsWith(`${column}::`));
	const set = (column: string, value: string): readonly string[] | undefined => {
		const index = at(column);
		return index === -1 || (row[index] ?? '') === value ? undefined : Array.from({ length: Math.max(row.length, index + 1) }, (_, i) => (i === index ? value : (row[i] ?? '')));
	};
	const placeholder = `x_${error.row}`;
	const fixed = fixes(error, { set, placeholder, label: header.find((cell) => cell === 'label' || cell.startsWith('label::')) ?? 'label' });
	if (error.code.startsWith('names.') && row[at('name')] !== undefined && error.code !== 'names.duplicate') lost.add(row[at('name')] ?? '');
	if (fixed === undefined) lost.add(row[at('name')] ?? '');
	// What cannot be mended is blanked: the row keeps its number, and with it the places of all others.
	const rows = sheet.rows.with(error.row - 1, fixed ?? []);
	return { sheets: workbook.sheets.map((each) => (each === sheet ? { ...sheet, rows } : each)) };
}

type Mending = { set: (column: string, value: string) => readonly string[] | undefined; placeholder: string; label: string };

function fixes({ code, column, sheet }: XlsFormError, { set, placeholder, label }: Mending): readonly string[] | undefined {
	if (sheet === 'choices') return code === 'choices.duplicate' || code === 'choices.no-name' ? set('name', placeholder) : undefined;
	if (code === 'survey.unknown-type' || code === 'choices.no-list') return set('type', 'text');
	if (code === 'survey.no-type') return set('type', 'text');
	if (code === 'survey.no-name' || code.startsWith('names.')) return set('name', placeholder);
	if (code === 'survey.no-label') return set(label, '-');
	if (code === 'survey.no-calculation') return set('calculation', '1');
	return column === undefined || column === 'type' || column === 'name' ? undefined : set(column, '');
}
