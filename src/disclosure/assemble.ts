import { Box, crossed, keyOf, populationKey, type Side } from './box.ts';
import { byCode, CodeSets } from './codes.ts';
import { Inconsistent, mostCells, total, Unusable, type Dimension } from './document.ts';
import { merged, type Given } from './given.ts';
import { thresholds } from './primary.ts';
import type { Relation, Unknown } from './system.ts';
import { aroundOf, tieTables } from './tie.ts';
import { isRounded, unknownOf } from './unknowns.ts';

/** A cell of a table: what its document calls it, and its number in the system. */
export type Placed = { readonly at: readonly string[]; readonly cell: number; readonly given: boolean };

/** Tables laid side by side: one system of unknowns in which equal cells are one. */
export type Assembled = {
	readonly cells: Unknown[];
	readonly relations: Relation[];
	readonly tables: readonly { readonly given: Given; readonly placed: readonly Placed[] }[];
	/** Cells whose true number nobody here knows. */
	readonly unknown: ReadonlySet<number>;
	/** Cells of no table, which follow from several: `[what is subtracted from, what is subtracted]`. */
	readonly implied: ReadonlyMap<number, readonly [number, number]>;
	/** Cells that are there for their sums alone. */
	readonly unwatched: ReadonlySet<number>;
	/** Of a cell of no table: the smallest cell of a table that holds it, and the largest within that which lies beside it. */
	readonly around: (cell: number) => readonly [number, number];
};

const received = '@received';
/** Differences between tables that are watched at most. */
const mostImplied = 60_000;

/** @param nested whether what had come in earlier is still there later */
export function assemble(dimensions: readonly Dimension[], given: readonly Given[], nested = true): Assembled {
	return new Assembly(dimensions, given, nested).done();
}

class Assembly {
	readonly #cells: Unknown[] = [];
	readonly #relations: Relation[] = [];
	readonly #relationKeys = new Set<string>();
	readonly #ids = new Map<string, number>();
	readonly #sides: Side[] = [];
	readonly #tablesOf = new Map<number, Set<number>>();
	readonly #unknown = new Set<number>();
	readonly #implied = new Map<number, readonly [number, number]>();
	/** Cells that are there for their sums alone: nobody would learn anything about a small group from them. */
	readonly #unwatched = new Set<number>();
	readonly #sets: CodeSets[];
	readonly #axis: ReadonlyMap<string, number>;
	readonly #given: readonly Given[];
	readonly #nested: boolean;
	readonly #times: readonly string[];

	constructor(dimensions: readonly Dimension[], given: readonly Given[], nested: boolean) {
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
		return {
			cells: this.#cells,
			relations: this.#relations,
			tables: this.#given.map((given, i) => ({ given, placed: placed.get(i) ?? [] })),
			unknown: this.#unknown,
			implied: this.#implied,
			unwatched: this.#unwatched,
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
		const { table, path, release, whole } = given;
		const base = this.#baseOf(table, path);
		if (new Set(table.dimensions).size < table.dimensions.length) throw new Unusable(`${path}.dimensions`, 'a dimension is named twice');
		const axes = table.dimensions.map((name) => this.#axisOf(name, `${path}.dimensions`));
		const listed = new Map<string, { i: number; cell: (typeof table.cells)[number] }>();
		const also: { key: string; at: readonly string[] }[] = [];
		const used = axes.map(() => new Map<number, string>());
		// Sets are numbered in the order of their names, so that the order of the cells says nothing.
		axes.forEach((axis, d) => {
			for (const code of [...new Set(table.cells.flatMap(({ at }) => at[d] ?? []))].sort(byCode)) this.#setsOf(axis).idOf(code, `${path}.cells`);
		});
		table.cells.forEach((cell, i) => {
			const where = `${path}.cells[${i}]`;
			if (cell.at.length !== axes.length) throw new Unusable(`${where}.at`, `expected ${axes.length} codes, one for each dimension of the table`);
			const ids = cell.at.map((code, d) => this.#setsOf(axes[d] ?? 0).idOf(code, `${where}.at[${d}]`));
			ids.forEach((id, d) => used[d]?.set(id, used[d]?.get(id) ?? cell.at[d] ?? total));
			const before = listed.get(ids.join());
			if (before?.cell.at.join('\u0000') === cell.at.join('\u0000') || (before && before.cell.value !== cell.value))
				throw new Unusable(where, `the cell ${cell.at.join(' / ')} stands in the table twice`);
			// A region of one district: two names for the same cell.
			if (before) also.push({ key: ids.join(), at: cell.at });
			else listed.set(ids.join(), { i, cell });
		});
		if (table.margins === 'published') for (const codes of used) if (!codes.has(0)) codes.set(0, total);
		const codes = used.map((each) => [...each].sort((a, b) => byCode(a[1], b[1])));
		const size = table.margins === 'listed' ? listed.size : codes.reduce((product, each) => product * each.length, 1);
		if (size + this.#cells.length > mostCells) throw new Unusable(path, `the tables have more than ${mostCells} cells`);
		const maker = new Box(axes, base, populationKey(table.population, table.magnitude ?? ''));
		const covers = table.margins === 'listed' ? [] : codes.map((each, d) => new Map(each.map(([id]) => [id, this.#setsOf(axes[d] ?? 0).covers(id, each.map(([other]) => other))])));
		const summed = new Map<string, number | null>();
		const valueAt = (ids: readonly number[]): number | null => {
			const key = ids.join();
			const own = listed.get(key)?.cell.value;
			if (own !== undefined) return own;
			const known = summed.get(key);
			if (known !== undefined) return known;
			let sum: number | null = null;
			for (const [d, id] of ids.entries()) {
				const cover = covers[d]?.get(id)?.find((each) => each.every((part) => used[d]?.has(part)));
				if (!cover) continue;
				sum = 0;
				for (const part of cover) {
					const value = valueAt(ids.with(d, part));
					sum = value === null || sum === null ? null : sum + value;
				}
				break;
			}
			summed.set(key, sum);
			return sum;
		};
		const placed: Placed[] = [];
		const byKey = new Map<string, number>();
		const each = (ids: readonly number[], at: readonly string[]): void => {
			const entry = listed.get(ids.join());
			const value = whole ? valueAt(ids) : (entry?.cell.value ?? null);
			const where = entry ? `${path}.cells[${entry.i}]` : path;
			if (whole && value === null) throw new Unusable(path, `the cell ${at.join(' / ')} is missing; write 0 where there is nobody`);
			const cell = this.#put(index, maker.at(ids), unknownOf(table, entry?.cell, value, ids, release), value === null || isRounded(entry?.cell), where);
			placed.push({ at: entry?.cell.at ?? at, cell, given: entry !== undefined });
			byKey.set(ids.join(), cell);
		};
		if (table.margins === 'listed') for (const [key, { cell }] of listed) each(key === '' ? [] : key.split(',').map(Number), cell.at);
		else crossed(codes, each);
		for (const { key, at } of also) placed.push({ at, cell: byKey.get(key) ?? 0, given: true });
		if (table.margins === 'listed') return placed;
		this.#relate(index, maker, codes.map((list) => list.map(([id]) => id)), covers);
		if (whole) this.#demandSums(path, placed);
		return placed;
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

	#put(table: number, side: { key: string; population: string; box: readonly number[] }, unknown: Unknown, isUnknown: boolean, where: string): number {
		const before = this.#ids.get(side.key);
		if (before === undefined) {
			const id = this.#cells.push(unknown) - 1;
			this.#ids.set(side.key, id);
			this.#sides.push({ table, ...side });
			this.#tablesOf.set(id, new Set([table]));
			if (isUnknown) this.#unknown.add(id);
			return id;
		}
		const cell = this.#cells[before];
		if (!cell) throw new RangeError('no such cell');
		this.#tablesOf.get(before)?.add(table);
		const both = !this.#unknown.has(before) && !isUnknown;
		if (both && cell.lower === 0 && unknown.lower === 0 && cell.value !== unknown.value)
			throw new Inconsistent(where, `${unknown.value} here and ${cell.value} in another table are the same cell; say with asOf when each was counted`);
		if (!isUnknown && this.#unknown.delete(before)) cell.value = unknown.value;
		cell.open = (cell.known || unknown.known) && (cell.open || !cell.known) && (unknown.open || !unknown.known);
		cell.known = cell.known || unknown.known;
		cell.lower = Math.max(cell.lower, unknown.lower);
		cell.upper = Math.min(cell.upper, unknown.upper);
		cell.few = cell.few === true || unknown.few === true;
		cell.need = Math.max(cell.need, unknown.need);
		cell.up = Math.max(cell.up, unknown.up);
		cell.down = Math.max(cell.down, unknown.down);
		cell.large = Math.max(cell.large, unknown.large);
		cell.weight = Math.max(cell.weight, unknown.weight);
		return before;
	}

	#relate(index: number, maker: Box, codes: readonly (readonly number[])[], covers: readonly ReadonlyMap<number, number[][]>[]): void {
		codes.forEach((own, d) => {
			const others = codes.map((each, e) => (e === d ? [] : each));
			for (const whole of own) {
				for (const cover of covers[d]?.get(whole) ?? []) {
					const list = others.map((each, e): [number, string][] => (e === d ? [[whole, '']] : each.map((id) => [id, ''])));
					crossed(list, (ids) => {
						const parent = this.#cellAt(index, maker, ids);
						this.#sum(parent, cover.map((part) => this.#cellAt(index, maker, ids.with(d, part))));
					});
				}
			}
		});
	}

	/** The cell of a table, or one that its sums leave over. */
	#cellAt(index: number, maker: Box, ids: readonly number[]): number {
		const side = maker.at(ids);
		return this.#ids.get(side.key) ?? this.#imply(index, side);
	}

	#imply(table: number, side: { key: string; population: string; box: readonly number[] }): number {
		if (this.#implied.size >= mostImplied) throw new Unusable('earlier', 'there are too many earlier tables to lay side by side');
		const id = this.#cells.push({ value: 0, known: false, open: false, lower: 0, upper: Infinity, need: 0, up: 0, down: 0, large: 0, weight: 0 }) - 1;
		this.#ids.set(side.key, id);
		this.#sides.push({ table, ...side });
		this.#tablesOf.set(id, new Set());
		this.#unknown.add(id);
		return id;
	}

	/** Notes that a cell is the sum of others, and works out the one that is not known yet. */
	#sum(parent: number, parts: readonly number[]): void {
		const key = `${parent}=${[...parts].sort((a, b) => a - b).join()}`;
		if (this.#relationKeys.has(key)) return;
		this.#relationKeys.add(key);
		this.#relations.push({ cells: [parent, ...parts], signs: [-1, ...parts.map(() => 1)] });
		const members = [parent, ...parts];
		const open = members.filter((id) => this.#unknown.has(id));
		const [last] = open;
		const inherited = this.#cells[parent];
		for (const id of members) {
			const cell = this.#cells[id];
			if (!cell || cell.open || cell.known || cell.need > 0 || !inherited || this.#unwatched.has(id)) continue;
			Object.assign(cell, { need: inherited.need, large: inherited.large });
		}
		if (open.length !== 1 || last === undefined) return;
		const cell = this.#cells[last];
		if (!cell || cell.lower !== 0) return;
		const value = members.reduce((sum, id, i) => sum + (id === last ? 0 : (i === 0 ? 1 : -1) * (this.#cells[id]?.value ?? 0)), 0);
		cell.value = last === parent ? -value : value;
		this.#unknown.delete(last);
		if (cell.value < 0) cell.lower = -Infinity;
	}

	/** Cells of different tables of which one holds the other: what lies between them is a number too. */
	#layTablesSideBySide(): void {
		if (this.#given.length < 2 && !this.#given.some(({ table }) => table.margins === 'listed')) return;
		const count = this.#cells.length;
		for (let inner = 0; inner < count; inner += 1) {
			const side = this.#sides[inner];
			const tables = this.#tablesOf.get(inner);
			if (!side || !tables || tables.size === 0) continue;
			for (const [axis, sets] of this.#sets.entries()) {
				if (sets.name === received && !this.#nested) continue;
				for (const wider of sets.above(side.box[axis] ?? 0)) {
					const outer = this.#ids.get(keyOf(side.population, side.box.with(axis, wider)));
					const others = outer === undefined ? undefined : this.#tablesOf.get(outer);
					if (outer === undefined || !others || others.size === 0 || [...others].some((table) => tables.has(table))) continue;
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
		const rest = this.#ids.get(key) ?? this.#imply(side.table, { key, population: side.population, box });
		if (this.#tablesOf.get(rest)?.size === 0) this.#implied.set(rest, [outer, inner]);
		this.#sum(outer, [inner, rest]);
	}

	/** What tables that share people say together: see `tie.ts`. */
	#joinTables(): void {
		const time = this.#nested ? -1 : this.#sets.findIndex((sets) => sets.name === received);
		const listed = this.#given.some(({ table }) => table.margins === 'listed');
		tieTables(this.#sets, time, this.#placedSides(), listed, {
			idOf: (key) => this.#ids.get(key),
			tablesOf: (cell) => this.#tablesOf.get(cell) ?? new Set(),
			imply: (table, side, watched) => {
				const id = this.#imply(table, side);
				const need = this.#thresholdOf(table);
				const cell = this.#cells[id];
				if (watched && cell) Object.assign(cell, { need, large: need });
				else this.#unwatched.add(id);
				return id;
			},
			sum: (parent, parts) => this.#sum(parent, parts),
			equal: (left, right) => void this.#relations.push({ cells: [...left, ...right], signs: [...left.map(() => 1), ...right.map(() => -1)] })
		});
	}

	/** Where the cells of tables stand. */
	#placedSides(): Side[] {
		return this.#sides.filter((_, cell) => (this.#tablesOf.get(cell)?.size ?? 0) > 0);
	}

	#around(cell: number): readonly [number, number] {
		const side = this.#sides[cell];
		const found = side ? aroundOf(this.#sets, this.#placedSides(), side) : null;
		return this.#implied.get(cell) ?? [this.#ids.get(found?.[0].key ?? '') ?? cell, this.#ids.get(found?.[1].key ?? '') ?? cell];
	}

	#thresholdOf(index: number): number {
		const table = this.#given[index]?.table;
		return table?.threshold ?? thresholds[table?.unit ?? 'survivors'];
	}

	#demandSums(path: string, placed: readonly Placed[]): void {
		const of = new Map(placed.map(({ cell, at }) => [cell, at]));
		for (const { cells, signs } of this.#relations) {
			const [parent = -1] = cells;
			if (!of.has(parent) || cells.some((cell) => this.#unknown.has(cell))) continue;
			const parts = cells.reduce((sum, cell, i) => (i === 0 ? 0 : sum + (signs[i] ?? 0) * (this.#cells[cell]?.value ?? 0)), 0);
			const value = this.#cells[parent]?.value ?? 0;
			if (parts !== value || cells.some((cell) => (this.#cells[cell]?.value ?? 0) < 0))
				throw new Unusable(path, `the cell ${(of.get(parent) ?? []).join(' / ')} is ${value}, but what it is the sum of makes ${cells.some((cell) => (this.#cells[cell]?.value ?? 0) < 0) ? 'more' : parts}`);
		}
	}
}
