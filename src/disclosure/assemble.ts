import { keyOf, populationKey, type Side } from './box.ts';
import { byCode, CodeSets } from './codes.ts';
import type { Cover as Laid } from './cover.ts';
import { withDifferences, type Differences } from './differences.ts';
import { Unusable, type Cover, type Dimension } from './document.ts';
import { merged, type Given } from './given.ts';
import { TableLayer, type Placed } from './lay-table.ts';
import { thresholds } from './primary.ts';
import { Store } from './store.ts';
import type { Relation, System, Unknown } from './system.ts';
import { aroundOf, tieTables } from './tie.ts';

/** Tables laid side by side: one system of unknowns in which equal cells are one. */
export type Assembled = {
	readonly cells: Unknown[];
	readonly relations: Relation[];
	readonly tables: readonly { readonly given: Given; readonly placed: readonly Placed[] }[];
	/** Cells whose true number nobody here knows. */
	readonly unknown: ReadonlySet<number>;
	/** Cells that are there for their sums alone. */
	readonly unwatched: ReadonlySet<number>;
	/** The same with what lies between two cells of tables, given a world that fits: see `differences.ts`. */
	readonly withDifferences: (system: System) => Differences;
	/** Of a cell of no table: the smallest cell of a table that holds it, and the largest within that which lies beside it. */
	readonly around: (cell: number) => readonly [number, number];
};

/** The dimension of when somebody came in. */
const received = '@received';

/** What is known beside the tables. */
export type Known = { readonly dimensions: readonly Dimension[]; readonly covers: readonly Cover[] };

/** @param nested whether what had come in earlier is still there later */
export function assemble(known: Known, given: readonly Given[], nested = true): Assembled {
	return new Assembly(known, given, nested).done();
}

class Assembly {
	readonly #store = new Store();
	readonly #sets: CodeSets[];
	readonly #axis: ReadonlyMap<string, number>;
	readonly #covers: readonly Cover[];
	readonly #given: readonly Given[];
	readonly #nested: boolean;
	readonly #times: readonly string[];

	constructor({ dimensions, covers }: Known, given: readonly Given[], nested: boolean) {
		this.#covers = covers;
		this.#given = given;
		this.#nested = nested;
		const instant = (table: Given['table']): string[] => (table.asOf === undefined ? [] : [new Date(table.asOf).toISOString()]);
		this.#times = [...new Set(given.flatMap(({ table }) => instant(table)))].sort(byCode);
		const declared = merged(dimensions, given);
		if (this.#times.length > 0) declared.push({ name: received, codes: [...this.#times, '~'], groups: {} });
		declared.sort((a, b) => byCode(a.name, b.name));
		this.#sets = declared.map((dimension, i) => new CodeSets(dimension, `dimensions[${i}] (${dimension.name})`));
		this.#axis = new Map(this.#sets.map((sets, i) => [sets.name, i]));
	}

	done(): Assembled {
		const order = this.#given.map((_, i) => i).sort((a, b) => byCode(this.#given[a]?.table.id ?? '', this.#given[b]?.table.id ?? '') || a - b);
		const placed = new Map(order.map((i) => [i, this.#addTable(i)]));
		this.#layTablesSideBySide();
		this.#joinTables();
		const { cells, relations, unknown, unwatched } = this.#store;
		const tables = this.#given.map((given, i) => ({ given, placed: placed.get(i) ?? [] }));
		return {
			cells, relations, tables, unknown, unwatched,
			withDifferences: (system) => withDifferences(system, this.#sets, this.#store.sides, (cell) => this.#store.tablesOf(cell), (table) => this.#given[table]?.table.margins !== 'listed'),
			around: (cell) => this.#around(cell)
		};
	}

	#setsOf(axis: number): CodeSets {
		const sets = this.#sets[axis];
		if (!sets) throw new RangeError('no such dimension');
		return sets;
	}

	#axisOf(name: string, path: string): number {
		const axis = this.#axis.get(name);
		if (axis === undefined || name === received) throw new Unusable(path, `there is no dimension "${name}"`);
		return axis;
	}

	#addTable(index: number): Placed[] {
		const given = this.#given[index];
		if (!given) return [];
		const { table, path } = given;
		const base = this.#baseOf(table, path);
		if (new Set(table.dimensions).size < table.dimensions.length) throw new Unusable(`${path}.dimensions`, 'a dimension is named twice');
		const axes = table.dimensions.map((name) => this.#axisOf(name, `${path}.dimensions`));
		return new TableLayer(this.#store, index, given, axes.map((axis) => this.#setsOf(axis)), axes, base).lay();
	}

	/** The part of every dimension that the table is about at all. */
	#baseOf(table: Given['table'], path: string): number[] {
		return this.#sets.map((sets) => {
			if (sets.name === received) return table.asOf === undefined ? 0 : sets.idOfAll(this.#times.slice(0, this.#times.indexOf(new Date(table.asOf).toISOString()) + 1), path);
			const names = Object.hasOwn(table.where, sets.name) ? table.where[sets.name] : undefined;
			if (names === undefined) return 0;
			if (table.dimensions.includes(sets.name)) throw new Unusable(`${path}.where`, `the table is split by "${sets.name}"; list the codes it shows instead`);
			return sets.idOfAll(names, `${path}.where.${sets.name}`);
		});
	}

	/** Cells of different tables of which one holds the other: what lies between them is a number too. */
	#layTablesSideBySide(): void {
		if (this.#given.length < 2 && !this.#given.some(({ table }) => table.margins === 'listed')) return;
		const count = this.#store.cells.length;
		for (let inner = 0; inner < count; inner += 1) {
			const side = this.#store.sides[inner];
			const tables = this.#store.tablesOf(inner);
			if (!side || tables.size === 0) continue;
			for (const [axis, sets] of this.#sets.entries()) {
				if (sets.name === received && !this.#nested) continue;
				for (const wider of sets.above(side.box[axis] ?? 0)) {
					const outer = this.#store.idOf(keyOf(side.population, side.box.with(axis, wider)));
					if (outer === undefined || this.#store.tablesOf(outer).size === 0 || !tables.isDisjointFrom(this.#store.tablesOf(outer))) continue;
					this.#difference(outer, inner, side, axis, sets, wider);
				}
			}
		}
	}

	#difference(outer: number, inner: number, side: Side, axis: number, sets: CodeSets, wider: number): void {
		const between = sets.without(wider, [side.box[axis] ?? 0]);
		if (between === null) return;
		const box = side.box.with(axis, between);
		const key = keyOf(side.population, box);
		const rest = this.#store.idOf(key) ?? this.#store.imply(side.table, { key, population: side.population, box }, sets.name === received);
		if (this.#store.tablesOf(rest).size === 0) this.#store.implied.set(rest, [outer, inner]);
		this.#store.sum(outer, [inner, rest]);
	}

	/** What tables that share people say together: see `tie.ts`. */
	#joinTables(): void {
		const store = this.#store;
		const time = this.#nested ? -1 : this.#sets.findIndex((sets) => sets.name === received);
		const listed = this.#given.some(({ table }) => table.margins === 'listed');
		tieTables(this.#sets, time, store.placedSides(), listed, this.#covers.map((cover, i) => this.#laid(cover, `covers[${i}]`)), {
			idOf: (key) => store.idOf(key),
			tablesOf: (cell) => store.tablesOf(cell),
			isSum: (cell) => store.isSum(cell),
			imply: (table, side, watched) => {
				const id = store.imply(table, side);
				const need = this.#thresholdOf(table);
				const cell = store.cells[id];
				if (watched && cell) Object.assign(cell, { need, large: need });
				else store.unwatched.add(id);
				return id;
			},
			sum: (parent, parts) => store.sum(parent, parts),
			equal: (left, right) => store.equal(left, right),
			atLeast: (more, less) => store.atLeast(more, less)
		});
	}

	#laid({ population, of, by }: Cover, path: string): Laid {
		const narrowed = (names: Cover['of'], at: string): Map<number, number> =>
			new Map(Object.entries(names).map(([name, codes]) => {
				const axis = this.#axisOf(name, at);
				return [axis, this.#setsOf(axis).idOfAll(codes, `${at}.${name}`)];
			}));
		return { population: populationKey(population, ''), of: narrowed(of, `${path}.of`), by: by.map((each, i) => narrowed(each, `${path}.by[${i}]`)) };
	}

	#around(cell: number): readonly [number, number] {
		const side = this.#store.sides[cell];
		const found = side ? aroundOf(this.#sets, this.#store.placedSides(), side) : null;
		return this.#store.implied.get(cell) ?? [this.#store.idOf(found?.[0].key ?? '') ?? cell, this.#store.idOf(found?.[1].key ?? '') ?? cell];
	}

	#thresholdOf(index: number): number {
		const table = this.#given[index]?.table;
		return table?.threshold ?? thresholds[table?.unit ?? 'survivors'];
	}
}
