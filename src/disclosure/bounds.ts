import { isWhole, type Kept, type Programme, type Solver } from './solver.ts';
import { isInvisible, relationsOf, type Move, type System } from './system.ts';

/** Between which numbers somebody outside can place a withheld one; `Infinity` where nothing stops it. */
export type Bounds = { low: number; high: number; /** Whether the range is proved to be no wider. */ tight: boolean };

/** What is published contradicts itself: no numbers fit. */
export class Contradiction extends Error {
	constructor() {
		super('What is published contradicts itself: there are no numbers that fit.');
	}
}

/** Withheld numbers that hang together by sums, and those sums with everything known taken to the other side. */
export type Component = { readonly cells: readonly number[]; readonly programme: Programme };

/** Splits what is withheld into parts that know nothing of each other. */
export function componentsOf(system: System): Component[] {
	const root = system.cells.map((_, i) => i);
	const find = (i: number): number => {
		let at = i;
		while (root[at] !== at) at = root[at] = root[root[at] ?? at] ?? at;
		return at;
	};
	const isHidden = (i: number): boolean => system.cells[i]?.known === false;
	const rows = system.relations.flatMap(({ cells, signs }) => {
		const hidden = cells.flatMap((cell, i) => (isHidden(cell) ? [{ cell, sign: signs[i] ?? 0 }] : []));
		const sum = cells.reduce((total, cell, i) => (isHidden(cell) ? total : total - (signs[i] ?? 0) * (system.cells[cell]?.value ?? 0)), 0);
		if (hidden.length === 0 && sum !== 0) throw new Contradiction();
		const [first] = hidden;
		for (const { cell } of hidden) if (first) root[find(cell)] = find(first.cell);
		return first ? [{ first: first.cell, hidden, sum }] : [];
	});
	const members = Map.groupBy(system.cells.flatMap((_, i) => (isHidden(i) ? [i] : [])), find);
	const rowsOf = Map.groupBy(rows, (row) => find(row.first));
	return [...members].map(([key, cells]) => {
		const column = new Map(cells.map((cell, i) => [cell, i]));
		return {
			cells,
			programme: {
				cost: cells.map(() => 0),
				lower: cells.map((cell) => system.cells[cell]?.lower ?? 0),
				upper: cells.map((cell) => system.cells[cell]?.upper ?? Infinity),
				rows: (rowsOf.get(key) ?? []).map(({ hidden, sum }) => ({ columns: hidden.map(({ cell }) => column.get(cell) ?? 0), factors: hidden.map(({ sign }) => sign), sum }))
			}
		};
	});
}

/** Programmes of more columns than this are not solved in whole numbers. */
const mostWhole = 400;

/**
 * The attacker: the least and the greatest value of each withheld number in any world of whole numbers that fits what is
 * published (linear programming; in whole numbers where a fraction stands in the way and the part is small enough).
 * @param wanted the cells to bound; all withheld ones otherwise
 * @param enough whether what has been seen of a cell is all that is asked: its range is then at least so wide
 * @param budget cells times columns after which ranges are only as wide as seen (`tight: false`)
 * @throws Contradiction
 */
export function boundsOf(solver: Solver, system: System, wanted: ReadonlySet<number> | null = null, budget = Infinity, enough: Enough = () => false): Map<number, Bounds> {
	const found = new Map<number, Bounds>();
	let left = budget;
	for (const component of componentsOf(system)) {
		const targets = component.cells.filter((cell) => wanted === null || wanted.has(cell));
		left -= targets.length * component.cells.length;
		for (const [cell, bounds] of boundsWithin(solver, component, targets, left < 0, enough)) found.set(cell, bounds);
	}
	return found;
}

/** Of a cell whether a range, of which it may be more, is as much as anybody wants to know. */
type Enough = (cell: number, low: number, high: number) => boolean;

function boundsWithin(solver: Solver, { cells, programme }: Component, targets: readonly number[], rough: boolean, enough: Enough): Map<number, Bounds> {
	const seen: Seen = { low: cells.map(() => Infinity), high: cells.map(() => -Infinity) };
	const kept = solver.keep(programme);
	try {
		const start = kept.solve(false);
		if (start.kind !== 'solved') throw new Contradiction();
		see(seen, start.at);
		const column = new Map(cells.map((cell, i) => [cell, i]));
		return new Map(
			targets.map((cell): [number, Bounds] => {
				const i = column.get(cell) ?? 0;
				const [from, to] = [seen.low[i] ?? 0, seen.high[i] ?? 0];
				if (from <= to && enough(cell, from, to)) return [cell, { low: from, high: to, tight: true }];
				if (rough) return [cell, { low: Math.max(programme.lower[i] ?? 0, -Infinity), high: programme.upper[i] ?? Infinity, tight: false }];
				const [least, most] = [extreme(solver, kept, programme, i, false, seen), extreme(solver, kept, programme, i, true, seen)];
				return [cell, { low: least, high: most, tight: true }];
			})
		);
	} finally {
		kept.dispose();
	}
}

/** The least and the greatest number that each cell has had in a world of whole numbers. */
type Seen = { readonly low: number[]; readonly high: number[] };

function see({ low, high }: Seen, at: readonly number[]): void {
	if (!at.every(isWhole)) return;
	at.forEach((value, i) => {
		low[i] = Math.min(low[i] ?? value, Math.round(value));
		high[i] = Math.max(high[i] ?? value, Math.round(value));
	});
}

/** The least or greatest value of one column. */
function extreme(solver: Solver, kept: Kept, programme: Programme, column: number, maximize: boolean, seen: Seen): number {
	kept.price(column, 1);
	const found = kept.solve(maximize);
	kept.price(column, 0);
	const endless = maximize ? Infinity : -Infinity;
	if (found.kind === 'endless') return endless;
	if (found.kind === 'none') throw new Contradiction();
	see(seen, found.at);
	const value = found.at[column] ?? 0;
	if (found.at.every(isWhole)) return Math.round(value);
	const within = maximize ? Math.floor(value + 1e-6) : Math.ceil(value - 1e-6);
	if (programme.cost.length > mostWhole || (maximize ? seen.high : seen.low)[column] === within) return within;
	const cost = programme.cost.map((_, i) => (i === column ? 1 : 0));
	const whole = solver.once({ ...programme, cost }, { whole: true, maximize });
	if (whole.kind !== 'solved') return within;
	see(seen, whole.at);
	return Math.round(whole.at[column] ?? within);
}

/** Fills in numbers that nobody here knows with ones that fit, so that there is a world to start from. @throws Contradiction */
export function completed(solver: Solver, system: System, unknown: ReadonlySet<number>): System {
	if (unknown.size === 0) return demandWorld(system);
	const asUnknown: System = { ...system, cells: system.cells.map((cell, i) => ({ ...cell, known: !unknown.has(i) })) };
	const value = new Map<number, number>();
	for (const { cells, programme } of componentsOf(asUnknown)) {
		const plain = solver.once(programme);
		const found = plain.kind === 'solved' && plain.at.every(isWhole) ? plain : solver.once(programme, { whole: true });
		if (found.kind !== 'solved') throw new Contradiction();
		cells.forEach((cell, i) => value.set(cell, Math.round(found.at[i] ?? 0)));
	}
	return demandWorld({ ...system, cells: system.cells.map((cell, i) => ({ ...cell, value: value.get(i) ?? cell.value })) });
}

/** A system whose numbers can all be true at once. @throws Contradiction */
function demandWorld(system: System): System {
	const still: Move = new Map(system.cells.map((_, i) => [i, 0]));
	if (!isInvisible(system, relationsOf(system), still) || !addsUp(system)) throw new Contradiction();
	return system;
}

const addsUp = ({ cells, relations }: System): boolean =>
	relations.every((relation) => relation.cells.reduce((sum, cell, i) => sum + (relation.signs[i] ?? 0) * (cells[cell]?.value ?? 0), 0) === 0);
