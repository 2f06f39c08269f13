import { emptyGroup, flat, groupAt, textAt } from './cells.ts';
import type { Table } from './columns.ts';
import type { Warning } from './refusal.ts';
import { yesNo } from './vocabulary.ts';
import type { Sheet } from './workbook.ts';
import { warning } from './warnings.ts';

/** The settings sheet: its first row counts. */
export type Settings = {
	/** Plain settings by name, `id_string` and `title` included. */
	readonly values: Record<string, string>;
	/** `attribute::…` columns: attributes of the form's root. */
	readonly attributes: Readonly<Record<string, string>>;
};

export function readSettings(table: Table | undefined): Settings {
	const cells = table?.rows[0]?.cells;
	return { values: Object.assign(emptyGroup<string>(), flat(cells)), attributes: flat(groupAt(cells, 'attribute')) };
}

/** `form_id` is today's name of `id_string`; where both stand, it counts. */
export function withoutTwinId(sheet: Sheet, warnings: Warning[]): Sheet {
	const header = sheet.rows[0] ?? [];
	const old = header.indexOf('id_string');
	if (old === -1 || !header.includes('form_id')) return sheet;
	warnings.push(warning('settings.twin-id', { sheet: 'settings', row: 1 }));
	return { ...sheet, rows: sheet.rows.map((row) => row.map((cell, column) => (column === old ? '' : cell))) };
}

/** A yes/no setting; what is neither keeps the default, with a warning. */
export function flag(settings: Settings, name: string, fallback: boolean, warnings: Warning[]): boolean {
	const value = textAt(settings.values, name);
	const answer = yesNo(value);
	if (value !== undefined && answer === undefined) {
		warnings.push(warning(fallback ? 'settings.not-no-or-yes' : 'settings.not-yes-or-no', { sheet: 'settings', row: 2 }, { name, value }));
	}
	return answer ?? fallback;
}
