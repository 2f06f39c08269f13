import { byCode } from './codes.ts';
import { total, Unusable, type Dimension, type PublishedTable, type Table } from './document.ts';

/** A table, and where it comes from: what is to be released now, or an earlier release. */
export type Given = {
	readonly path: string;
	/** The name of the earlier release; null for what is to be released now. */
	readonly release: string | null;
	readonly table: Table | PublishedTable;
	/** Whether its cells are the true numbers, all of them. */
	readonly whole: boolean;
};

/** The dimensions as declared; those that are not have the codes that the tables use. */
export function merged(dimensions: readonly Dimension[], given: readonly Given[]): Dimension[] {
	const declared = new Map<string, Dimension>();
	for (const dimension of dimensions) {
		const before = declared.get(dimension.name);
		if (before && JSON.stringify(plain(before)) !== JSON.stringify(plain(dimension))) throw new Unusable('dimensions', `the dimension "${dimension.name}" is declared twice, with different codes`);
		declared.set(dimension.name, dimension);
	}
	const found = new Map<string, Set<string>>();
	for (const { table } of given) {
		table.dimensions.forEach((name, d) => {
			if (declared.has(name)) return;
			const codes = found.get(name) ?? new Set<string>();
			for (const { at } of table.cells) if (at[d] !== undefined && at[d] !== total) codes.add(at[d]);
			found.set(name, codes);
		});
		for (const [name, codes] of Object.entries(table.where)) if (!declared.has(name)) found.set(name, new Set([...(found.get(name) ?? []), ...codes.filter((code) => code !== total)]));
	}
	return [...declared.values(), ...[...found].map(([name, codes]) => ({ name, codes: codes.size > 0 ? [...codes] : ['-'], groups: {} }))];
}

const plain = ({ name, codes, groups }: Dimension): unknown => [name, [...codes].sort(byCode), Object.entries(groups).sort(([a], [b]) => byCode(a, b))];
