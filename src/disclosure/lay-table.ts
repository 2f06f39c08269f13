import { Box, crossed, populationKey } from './box.ts';
import { byCode, type CodeSets } from './codes.ts';
import { mostCells, total, Unusable } from './document.ts';
import type { Given } from './given.ts';
import type { Store } from './store.ts';
import { isRounded, unknownOf } from './unknowns.ts';

/** A cell of a table: what its document calls it, and its number in the system. */
export type Placed = { readonly at: readonly string[]; readonly cell: number; readonly given: boolean };

/** A cell as its table lists it, and which one it is there. */
type Listed = { readonly i: number; readonly cell: Given['table']['cells'][number] };
/** Of each code that a table uses, by its set: how it is a sum of others. */
type Covers = readonly ReadonlyMap<number, number[][]>[];

/** Lays one table into the system: its cells, the margins that follow from them, and the sums between them. */
export class TableLayer {
	readonly #store: Store;
	readonly #index: number;
	readonly #given: Given;
	readonly #sets: readonly CodeSets[];
	readonly #maker: Box;
	/** The cells listed, by the numbers of their codes. */
	readonly #listed = new Map<string, Listed>();
	/** Second names for cells listed already: a region of one district. */
	readonly #also: { key: string; at: readonly string[] }[] = [];
	/** For each dimension the codes used: the number of the set, and what it is called here. */
	readonly #used: Map<number, string>[];
	readonly #summed = new Map<string, number | null>();
	#covers: Covers = [];

	/**
	 * @param sets the dimensions that the table is split by
	 * @param axes where these stand among all dimensions
	 * @param base which part of every dimension the table is about at all
	 */
	constructor(store: Store, index: number, given: Given, sets: readonly CodeSets[], axes: readonly number[], base: readonly number[]) {
		this.#store = store;
		this.#index = index;
		this.#given = given;
		this.#sets = sets;
		this.#used = sets.map(() => new Map());
		this.#maker = new Box(axes, base, populationKey(given.table.population, given.table.magnitude ?? ''));
	}

	/** @throws Unusable, Inconsistent */
	lay(): Placed[] {
		const { table, path, whole } = this.#given;
		this.#list();
		const listedOnly = table.margins === 'listed';
		if (table.margins === 'published') for (const codes of this.#used) if (!codes.has(0)) codes.set(0, total);
		const codes = this.#used.map((each) => [...each].sort((a, b) => byCode(a[1], b[1])));
		const size = listedOnly ? this.#listed.size : codes.reduce((product, each) => product * each.length, 1);
		if (size + this.#store.cells.length > mostCells) throw new Unusable(path, `the tables have more than ${mostCells} cells`);
		if (!listedOnly) this.#covers = codes.map((each, d) => new Map(each.map(([id]) => [id, this.#setsOf(d).covers(id, each.map(([other]) => other))])));
		const placed = this.#place(codes, listedOnly);
		if (listedOnly) return placed;
		this.#relate(codes.map((list) => list.map(([id]) => id)));
		if (whole) this.#demandSums(placed);
		return placed;
	}

	#setsOf(d: number): CodeSets {
		const sets = this.#sets[d];
		if (!sets) throw new RangeError('no such dimension');
		return sets;
	}

	/** Reads the cells that the document lists. */
	#list(): void {
		const { table: { cells }, path } = this.#given;
		// Sets are numbered in the order of their names, so that the order of the cells says nothing.
		this.#sets.forEach((sets, d) => {
			for (const code of [...new Set(cells.flatMap(({ at }) => at[d] ?? []))].sort(byCode)) sets.idOf(code, `${path}.cells`);
		});
		cells.forEach((cell, i) => {
			const where = `${path}.cells[${i}]`;
			if (cell.at.length !== this.#sets.length) throw new Unusable(`${where}.at`, `expected ${this.#sets.length} codes, one for each dimension of the table`);
			const ids = cell.at.map((code, d) => this.#setsOf(d).idOf(code, `${where}.at[${d}]`));
			this.#demandContributors(cell, ids, where);
			ids.forEach((id, d) => this.#used[d]?.set(id, this.#used[d]?.get(id) ?? cell.at[d] ?? total));
			const before = this.#listed.get(ids.join());
			if (before?.cell.at.join('\u0000') === cell.at.join('\u0000') || (before && before.cell.value !== cell.value))
				throw new Unusable(where, `the cell ${cell.at.join(' / ')} stands in the table twice`);
			if (before) this.#also.push({ key: ids.join(), at: cell.at });
			else this.#listed.set(ids.join(), { i, cell });
		});
	}

	/** Of what is summed, who contributed: without that nobody can say whether a sum tells one of them. Sums of sums may go without. */
	#demandContributors(cell: Listed['cell'], ids: readonly number[], where: string): void {
		const { table: { magnitude }, whole } = this.#given;
		if (magnitude === undefined || !whole || (cell.value ?? 0) === 0 || ids.some((id, d) => this.#setsOf(d).parts(id).length > 1)) return;
		const contributors = 'contributors' in cell ? cell.contributors : undefined;
		const largest = ('largest' in cell ? cell.largest : undefined) ?? [];
		if (contributors === undefined || contributors === 0) throw new Unusable(`${where}.contributors`, 'expected how many contributed to this sum');
		if (largest.length > contributors) throw new Unusable(`${where}.largest`, `expected no more contributions than contributors (${contributors})`);
		if (largest.reduce((sum, each) => sum + each, 0) > (cell.value ?? 0)) throw new Unusable(`${where}.largest`, 'they make more than the whole sum');
	}

	/** The number of a cell: as listed, or the sum of others; null where neither says it. */
	#valueAt(ids: readonly number[]): number | null {
		const key = ids.join();
		const own = this.#listed.get(key)?.cell.value;
		if (own !== undefined) return own;
		const known = this.#summed.get(key);
		if (known !== undefined) return known;
		let sum: number | null = null;
		for (const [d, id] of ids.entries()) {
			const cover = this.#covers[d]?.get(id)?.find((each) => each.every((part) => this.#used[d]?.has(part)));
			if (!cover) continue;
			sum = 0;
			for (const part of cover) {
				const value = this.#valueAt(ids.with(d, part));
				sum = value === null || sum === null ? null : sum + value;
			}
			if (sum !== null && sum > Number.MAX_SAFE_INTEGER) throw new Unusable(this.#given.path, 'the numbers are too large to be added up exactly');
			break;
		}
		this.#summed.set(key, sum);
		return sum;
	}

	#place(codes: readonly (readonly [number, string][])[], listedOnly: boolean): Placed[] {
		const { table, path, release, whole } = this.#given;
		const placed: Placed[] = [];
		const byKey = new Map<string, number>();
		const each = (ids: readonly number[], at: readonly string[]): void => {
			const entry = this.#listed.get(ids.join());
			const value = whole ? this.#valueAt(ids) : (entry?.cell.value ?? null);
			const where = entry ? `${path}.cells[${entry.i}]` : path;
			if (whole && value === null) throw new Unusable(path, `the cell ${at.join(' / ')} is missing; write 0 where there is nobody`);
			const cell = this.#store.put(this.#index, this.#maker.at(ids), unknownOf(table, entry?.cell, value, ids, release), value === null || isRounded(entry?.cell), where);
			placed.push({ at: entry?.cell.at ?? at, cell, given: entry !== undefined });
			byKey.set(ids.join(), cell);
		};
		if (listedOnly) for (const [key, { cell }] of this.#listed) each(key === '' ? [] : key.split(',').map(Number), cell.at);
		else crossed(codes, each);
		for (const { key, at } of this.#also) placed.push({ at, cell: byKey.get(key) ?? 0, given: true });
		return placed;
	}

	/** The sums between the table's cells. */
	#relate(codes: readonly (readonly number[])[]): void {
		codes.forEach((own, d) => {
			const others = codes.map((each, e) => (e === d ? [] : each));
			for (const whole of own) {
				for (const cover of this.#covers[d]?.get(whole) ?? []) {
					const list = others.map((each, e): [number, string][] => (e === d ? [[whole, '']] : each.map((id) => [id, ''])));
					crossed(list, (ids) => {
						const parent = this.#cellAt(ids);
						this.#store.sum(parent, cover.map((part) => this.#cellAt(ids.with(d, part))));
					});
				}
			}
		});
	}

	/** The cell of the table, or one that its sums leave over. */
	#cellAt(ids: readonly number[]): number {
		const side = this.#maker.at(ids);
		return this.#store.idOf(side.key) ?? this.#store.imply(this.#index, side);
	}

	#demandSums(placed: readonly Placed[]): void {
		const { cells: all, relations, unknown } = this.#store;
		const of = new Map(placed.map(({ cell, at }) => [cell, at]));
		const valueOf = (cell: number): number => all[cell]?.value ?? 0;
		for (const { cells, signs } of relations) {
			const [parent = -1] = cells;
			if (!of.has(parent) || cells.some((cell) => unknown.has(cell))) continue;
			const parts = cells.reduce((sum, cell, i) => (i === 0 ? 0 : sum + (signs[i] ?? 0) * valueOf(cell)), 0);
			const below = cells.some((cell) => valueOf(cell) < 0);
			if (parts !== valueOf(parent) || below) throw new Unusable(this.#given.path, `the cell ${(of.get(parent) ?? []).join(' / ')} is ${valueOf(parent)}, but what it is the sum of makes ${below ? 'more' : parts}`);
		}
	}
}
