import { emptyGroup, flat, groupAt, textAt } from './cells.ts';
import type { Table } from './columns.ts';
import type { Warning } from './refusal.ts';
import { yesNo } from './vocabulary.ts';

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

/** A yes/no setting; what is neither keeps the default, with a warning. */
export function flag(settings: Settings, name: string, fallback: boolean, warnings: Warning[]): boolean {
	const value = textAt(settings.values, name);
	const answer = yesNo(value);
	if (value !== undefined && answer === undefined) {
		warnings.push({ sheet: 'settings', row: 2, message: `'${name}' should be yes or no; '${value}' is read as ${fallback ? 'yes' : 'no'}.` });
	}
	return answer ?? fallback;
}
