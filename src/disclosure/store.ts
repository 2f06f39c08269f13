import { Inconsistent, Unusable } from './document.ts';
import type { Side } from './box.ts';
import type { Relation, System, Unknown } from './system.ts';

/** Differences between tables that are watched at most. */
const mostImplied = 60_000;

/** Where a cell stands, before it is known of which table it is. */
type Stand = Omit<Side, 'table'>;

/** The system that is being put together: its cells, where each stands, and the sums between them. Equal cells of tables are one. */
export class Store implements System {
	readonly cells: Unknown[] = [];
	readonly relations: Relation[] = [];
	/** Where each cell stands, in the order of the cells. */
	readonly sides: Side[] = [];
	/** Cells whose true number nobody here knows. */
	readonly unknown = new Set<number>();
	/** Cells of no table that lie between two of tables: `[what is subtracted from, what is subtracted]`. */
	readonly implied = new Map<number, readonly [number, number]>();
	/** Cells that are there for their sums alone: nobody would learn anything about a small group from them. */
	readonly unwatched = new Set<number>();
	readonly #relationKeys = new Set<string>();
	readonly #ids = new Map<string, number>();
	readonly #tablesOf = new Map<number, Set<number>>();
	/** Cells known to be the sum of other cells of tables, and of nothing else. */
	readonly #summed = new Set<number>();
	/** Cells of no table that may be less than nobody: they lie between two moments, and people may have been taken out in between. */
	readonly #mayFall = new Set<number>();

	idOf(key: string): number | undefined {
		return this.#ids.get(key);
	}

	/** The tables that a cell stands in; none where it only follows from others. */
	tablesOf(cell: number): ReadonlySet<number> {
		return this.#tablesOf.get(cell) ?? new Set();
	}

	/** Where the cells of tables stand. */
	placedSides(): Side[] {
		return this.sides.filter((_, cell) => this.tablesOf(cell).size > 0);
	}

	/**
	 * Adds a cell of a table, or lays it upon the same cell of another one.
	 * @param isUnknown whether nobody here knows its true number
	 * @throws Inconsistent where two tables say different numbers
	 */
	put(table: number, side: Stand, unknown: Unknown, isUnknown: boolean, where: string): number {
		const before = this.#ids.get(side.key);
		if (before === undefined) {
			const id = this.cells.push(unknown) - 1;
			this.#ids.set(side.key, id);
			this.sides.push({ table, ...side });
			this.#tablesOf.set(id, new Set([table]));
			if (isUnknown) this.unknown.add(id);
			return id;
		}
		const cell = this.cells[before];
		if (!cell) throw new RangeError('no such cell');
		this.#tablesOf.get(before)?.add(table);
		const both = !this.unknown.has(before) && !isUnknown;
		if (both && cell.lower === 0 && unknown.lower === 0 && cell.value !== unknown.value)
			throw new Inconsistent(where, `${unknown.value} here and ${cell.value} in another table are the same cell; say with asOf when each was counted`);
		if (!isUnknown && this.unknown.delete(before)) cell.value = unknown.value;
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

	/** Whether a cell is known to be the sum of other cells of tables. */
	isSum(cell: number): boolean {
		return this.#summed.has(cell);
	}

	/** Adds a cell that stands in no table. @param mayFall whether it may be less than nobody */
	imply(table: number, side: Stand, mayFall = false): number {
		if (this.implied.size >= mostImplied) throw new Unusable('earlier', 'there are too many earlier tables to lay side by side');
		const id = this.cells.push({ value: 0, known: false, open: false, lower: 0, upper: Infinity, need: 0, up: 0, down: 0, large: 0, weight: 0 }) - 1;
		this.#ids.set(side.key, id);
		this.sides.push({ table, ...side });
		this.#tablesOf.set(id, new Set());
		this.unknown.add(id);
		if (mayFall) this.#mayFall.add(id);
		return id;
	}

	/** Notes that a cell is the sum of others, and works out the one that is not known yet. */
	sum(parent: number, parts: readonly number[]): void {
		const key = `${parent}=${[...parts].sort((a, b) => a - b).join()}`;
		if (this.#relationKeys.has(key)) return;
		this.#relationKeys.add(key);
		this.relations.push({ cells: [parent, ...parts], signs: [-1, ...parts.map(() => 1)] });
		if (parts.every((part) => this.tablesOf(part).size > 0)) this.#summed.add(parent);
		const members = [parent, ...parts];
		const open = members.filter((id) => this.unknown.has(id));
		const [last] = open;
		const inherited = this.cells[parent];
		for (const id of members) {
			const cell = this.cells[id];
			if (!cell || cell.open || cell.known || cell.need > 0 || !inherited || this.unwatched.has(id)) continue;
			Object.assign(cell, { need: inherited.need, large: inherited.large });
		}
		if (open.length !== 1 || last === undefined) return;
		const cell = this.cells[last];
		if (!cell || cell.lower !== 0) return;
		const value = members.reduce((sum, id, i) => sum + (id === last ? 0 : (i === 0 ? 1 : -1) * (this.cells[id]?.value ?? 0)), 0);
		cell.value = last === parent ? -value : value;
		this.unknown.delete(last);
		// Less than nobody elsewhere is a contradiction, and found when the worlds that fit are looked for.
		if (cell.value < 0 && this.#mayFall.has(last)) cell.lower = -Infinity;
	}

	/** Notes that two lists of cells come to the same. */
	equal(left: readonly number[], right: readonly number[]): void {
		this.relations.push({ cells: [...left, ...right], signs: [...left.map(() => 1), ...right.map(() => -1)] });
	}

	/** Notes that cells come to as much as others or more: by how much is a number that nobody watches. */
	atLeast(more: readonly number[], less: readonly number[]): void {
		const counted = new Map<number, number>();
		for (const [cells, by] of [[more, 1], [less, -1]] as const) for (const cell of cells) counted.set(cell, (counted.get(cell) ?? 0) + by);
		const cells = [...counted].filter(([, sign]) => sign !== 0);
		// More of each than of none follows from counts alone.
		if (!cells.some(([, sign]) => sign < 0)) return;
		const surplus = this.imply(0, { key: `${more.join()}>=${less.join()}`, population: '', box: [] });
		this.unwatched.add(surplus);
		this.relations.push({ cells: [...cells.map(([cell]) => cell), surplus], signs: [...cells.map(([, sign]) => sign), -1] });
	}
}
