import type { ExportColumn, ExportTable } from './columns.ts';
import type { Row } from './rows.ts';
import { clockOf, dayOf, numberOf, wholeOf } from './values.ts';

/** What a first reading found about a column. */
export type ColumnProfile = {
	/** Longest text, in bytes of UTF-8. */
	longest: number;
	/** How many values there are, and how long they are together, in bytes. */
	count: number;
	total: number;
	/** Every value is what the column's kind says. */
	fits: boolean;
	/** Values of a choice that are on no list, in the order of their coming. */
	readonly unlisted: Set<string>;
};
export type TableProfile = { rows: number; readonly columns: readonly ColumnProfile[] };

/** So many values that are on no list make of a choice a text. */
const mostUnlisted = 200;

const fits: Readonly<Record<ExportColumn['kind'], ((text: string) => boolean) | null>> = {
	text: null,
	choice: null,
	flag: null,
	integer: (text) => !Number.isNaN(wholeOf(text)),
	number: (text) => !Number.isNaN(numberOf(text)),
	date: (text) => !Number.isNaN(dayOf(text)),
	moment: (text) => !Number.isNaN(clockOf(text))
};

/** Reads all rows once before they are written, for forms that must say first how wide everything is. */
export class Profiler {
	readonly tables: readonly TableProfile[];
	readonly #columns: readonly (readonly ExportColumn[])[];
	readonly #listed: readonly (readonly ReadonlySet<string>[])[];

	constructor(tables: readonly ExportTable[]) {
		this.#columns = tables.map((table) => table.columns);
		this.#listed = tables.map((table) => table.columns.map((column) => new Set(column.options.map((option) => option.name))));
		this.tables = tables.map((table) => ({ rows: 0, columns: table.columns.map(() => ({ longest: 0, count: 0, total: 0, fits: true, unlisted: new Set<string>() })) }));
	}

	add(index: number, row: Row): void {
		const [table, columns, listed] = [this.tables[index], this.#columns[index], this.#listed[index]];
		if (table === undefined || columns === undefined || listed === undefined) return;
		table.rows += 1;
		for (let i = 0; i < row.length; i++) {
			const [value, profile, column] = [row[i], table.columns[i], columns[i]];
			if (value === null || value === undefined || profile === undefined || column === undefined) continue;
			const bytes = Buffer.byteLength(value);
			profile.count += 1;
			profile.total += bytes;
			if (bytes > profile.longest) profile.longest = bytes;
			const fit = fits[column.kind];
			if (fit !== null && profile.fits) profile.fits = fit(value);
			if (column.kind !== 'choice' || !profile.fits || listed[i]?.has(value)) continue;
			profile.unlisted.add(value);
			if (profile.unlisted.size > mostUnlisted) profile.fits = false;
		}
	}
}
