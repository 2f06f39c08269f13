import type { Side } from './box.ts';
import type { CodeSets } from './codes.ts';
import type { Relation, System, Unknown } from './system.ts';

/** Cells of tables, at most, among which every pair is looked at. */
const mostCompared = 1500;

/** What lies between two cells of tables of which one holds the other. */
export type Differences = {
	readonly system: System;
	/** Of each cell added: what is subtracted from, and what is subtracted. */
	readonly between: ReadonlyMap<number, readonly [number, number]>;
};

/**
 * Adds what lies between two cells of tables of which one holds the other on several dimensions ("all, but not the women from the
 * north"): no single group, and a number of people that is told by subtraction all the same. What differs on one dimension alone is
 * a group, and stands in the system already.
 *
 * Only what is near the threshold is added: whatever a reader can place below it, in a range narrower than it, lies below twice the
 * threshold in every world that fits, and so in the one at hand.
 * @param system with a world that fits
 * @param sides where each cell stands
 * @param tablesOf the tables that a cell stands in; what lies between two cells of one whole table is a sum of its cells, each watched
 * @param isWhole whether a table has every combination of its codes
 */
export function withDifferences(system: System, sets: readonly CodeSets[], sides: readonly Side[], tablesOf: (cell: number) => ReadonlySet<number>, isWhole: (table: number) => boolean): Differences {
	const placed = sides.flatMap((side, cell) => (tablesOf(cell).size > 0 && countsWhole(system.cells[cell]) ? [{ side, cell }] : []));
	if (placed.length > mostCompared) return { system, between: new Map() };
	const cells = [...system.cells];
	const relations: Relation[] = [...system.relations];
	const between = new Map<number, readonly [number, number]>();
	for (const outer of placed) {
		for (const inner of placed) {
			const [whole, part] = [system.cells[outer.cell], system.cells[inner.cell]];
			if (outer === inner || !whole || !part || outer.side.population !== inner.side.population) continue;
			const [value, need] = [whole.value - part.value, Math.max(whole.need, part.need)];
			if (value < 0 || value > 2 * need - 2 || !holdsOnSeveral(sets, outer.side.box, inner.side.box)) continue;
			if ([...tablesOf(outer.cell)].some((table) => isWhole(table) && tablesOf(inner.cell).has(table))) continue;
			const id = cells.push({ value, known: false, open: false, lower: 0, upper: Infinity, need, up: 0, down: 0, large: need, weight: 0 }) - 1;
			relations.push({ cells: [outer.cell, inner.cell, id], signs: [-1, 1, 1] });
			between.set(id, [outer.cell, inner.cell]);
		}
	}
	return { system: { cells, relations }, between };
}

/** A count of people; sums are watched otherwise. */
const countsWhole = (cell: Unknown | undefined): boolean => cell !== undefined && (cell.large !== Infinity || cell.few === true);

function holdsOnSeveral(sets: readonly CodeSets[], outer: readonly number[], inner: readonly number[]): boolean {
	let wider = 0;
	for (const [axis, id] of outer.entries()) {
		if (id === inner[axis]) continue;
		if (!sets[axis]?.contains(id, inner[axis] ?? 0)) return false;
		wider += 1;
	}
	return wider > 1;
}
