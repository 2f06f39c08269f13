import { csvField } from '#platform/csv.ts';
import type { ExportTable } from './columns.ts';
import { TextEncoding } from './encoder.ts';
import type { Row } from './rows.ts';

export type CsvForm = {
	/** A byte order mark before the text. */
	readonly mark: boolean;
	readonly headings: 'names' | 'labels';
	readonly values: 'names' | 'labels';
};

/** Shows a choice by its label, several joined by semicolons; what is on no list stays as it came. */
export function labeller(options: ExportTable['columns'][number]['options'], several: boolean): (text: string) => string {
	const labels = new Map(options.map((option) => [option.name, option.label]));
	if (!several) return (text) => labels.get(text) ?? text;
	return (text) => text.split(/\s+/).filter(Boolean).map((name) => labels.get(name) ?? name).join('; ');
}

/** A table as CSV (RFC 4180, UTF-8). What a spreadsheet would run as a formula gets an apostrophe before it. */
export class CsvEncoder extends TextEncoding {
	readonly #table: ExportTable;
	readonly #form: CsvForm;
	readonly #show: readonly (((text: string) => string) | null)[];

	/** @param show how a column's texts are shown, instead of what the form says */
	constructor(table: ExportTable, form: CsvForm, show?: readonly (((text: string) => string) | null)[]) {
		super();
		this.#table = table;
		this.#form = form;
		this.#show = show ?? table.columns.map(({ options, several }) => (form.values === 'labels' && options.length > 0 ? labeller(options, several) : null));
	}

	head(): Uint8Array {
		const { mark, headings } = this.#form;
		const line = this.#table.columns.map((column) => csvField(headings === 'labels' ? column.label : column.name)).join(',');
		return Buffer.from(`${mark ? '\ufeff' : ''}${line}\r\n`, 'utf8');
	}

	row(row: Row): void {
		let line = '';
		for (let i = 0; i < row.length; i++) {
			if (i > 0) line += ',';
			const value = row[i];
			if (value === null || value === undefined) continue;
			const show = this.#show[i];
			line += csvField(show ? show(value) : value);
		}
		this.text += `${line}\r\n`;
	}
}
