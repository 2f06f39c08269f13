import { walkLeaves } from '../figures/leaves.ts';
import type { About, ExportColumn, ExportTable } from './columns.ts';

/** A submission as it is read for an export. */
export type Submitted = {
	readonly instanceId: string;
	readonly about: Readonly<Record<Exclude<About, 'id' | 'parent' | 'submission' | 'index'>, string | null>>;
	/** By path; a repeated question's as a list. */
	readonly answers: Readonly<Record<string, unknown>>;
	/** Only where a repeat stands inside another: a list cannot tell whose an instance is. */
	readonly xml: string | null;
};

/** The texts of one row, in the order of its table's columns; null: no answer. */
export type Row = (string | null)[];
type Read = (submitted: Submitted) => string | null;

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const chosen = (text: string | null, option: string): string | null =>
	text === null ? null : ` ${text} `.includes(` ${option} `) || text.split(/\s+/).includes(option) ? '1' : '0';

/** Makes the readers of a table's columns once, so that a row costs no decisions. */
function reader({ source }: ExportColumn): Read {
	switch (source.from) {
		case 'answer':
			return ({ answers }) => textOf(answers[source.path]);
		case 'chosen':
			return ({ answers }) => chosen(textOf(answers[source.path]), source.option);
		case 'about': {
			const { what } = source;
			if (what === 'id' || what === 'submission') return ({ instanceId }) => instanceId;
			if (what === 'parent' || what === 'index') return () => null;
			return ({ about }) => about[what];
		}
	}
}

/** One instance of a repeat: the number of each repeat around it, and what was answered. */
type Instance = { readonly numbers: readonly number[]; readonly texts: Map<string, string> };

/** Turns submissions into rows of the tables of an export. */
export class RowMaker {
	readonly #tables: readonly ExportTable[];
	readonly #readers: readonly Read[];
	/** Whether a repeat stands inside another, so that the XML has to be read. */
	readonly nested: boolean;

	constructor(tables: readonly ExportTable[]) {
		this.#tables = tables;
		this.#readers = (tables[0]?.columns ?? []).map(reader);
		this.nested = tables.some((table) => table.repeats.length > 1);
	}

	/** The rows of one submission: `add` is told the number of the table and the row, submissions first. */
	rows(submitted: Submitted, add: (table: number, row: Row) => void): void {
		add(0, this.#readers.map((read) => read(submitted)));
		const fromXml = this.nested && submitted.xml !== null ? this.#instances(submitted.xml) : null;
		for (const [index, table] of this.#tables.entries()) {
			if (index === 0) continue;
			const instances = fromXml?.get(table.path) ?? (fromXml === null ? listed(table, submitted) : []);
			for (const instance of instances) add(index, this.#row(table, submitted, instance));
		}
	}

	#row(table: ExportTable, { instanceId }: Submitted, { numbers, texts }: Instance): Row {
		const id = (depth: number): string => table.repeats.slice(0, depth).reduce((whole, repeat, i) => `${whole}/${lastOf(repeat)}[${numbers[i] ?? 1}]`, instanceId);
		return table.columns.map(({ source }) => {
			switch (source.from) {
				case 'answer':
					return textOf(texts.get(source.path));
				case 'chosen':
					return chosen(textOf(texts.get(source.path)), source.option);
				case 'about':
					if (source.what === 'id') return id(table.repeats.length);
					if (source.what === 'parent') return id(table.repeats.length - 1);
					return source.what === 'index' ? String(numbers.at(-1) ?? 1) : instanceId;
			}
		});
	}

	/** The instances of every repeat, by the numbers that the document gives them. */
	#instances(xml: string): Map<string, Instance[]> {
		const found = new Map<string, Map<string, Instance>>();
		const places = this.#tables.slice(1).map((table) => ({ path: table.path, depths: table.repeats.map((repeat) => repeat.split('/').length - 3) }));
		walkLeaves(xml, (path, ordinals, text) => {
			for (const { path: repeat, depths } of places) {
				if (!path.startsWith(`${repeat}/`)) continue;
				const numbers = depths.map((depth) => ordinals[depth] ?? 1);
				const key = numbers.join('.');
				const all = found.get(repeat) ?? new Map<string, Instance>();
				found.set(repeat, all);
				const instance = all.get(key) ?? { numbers, texts: new Map<string, string>() };
				all.set(key, instance);
				instance.texts.set(path, text());
			}
		});
		return new Map([...found].map(([repeat, all]) => [repeat, [...all.values()]]));
	}
}

/** The instances of a repeat that stands in no other: lists hold one entry for each. */
function listed(table: ExportTable, { answers }: Submitted): Instance[] {
	const instances: Instance[] = [];
	for (const { source } of table.columns) {
		if (source.from !== 'answer') continue;
		const list = answers[source.path];
		if (!Array.isArray(list)) continue;
		for (const [i, value] of list.entries()) {
			instances[i] ??= { numbers: [i + 1], texts: new Map() };
			if (typeof value === 'string') instances[i].texts.set(source.path, value);
		}
	}
	return Array.from(instances, (instance, i) => instance ?? { numbers: [i + 1], texts: new Map() });
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
