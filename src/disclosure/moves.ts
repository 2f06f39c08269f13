import { isWhole, type Found, type Programme, type Solver } from './solver.ts';
import { isInvisible, type Move, type Relation, type Unknown } from './system.ts';

/** Numbers being protected: what is known changes while cells are withheld. */
export type Working = { readonly cells: Unknown[]; readonly relations: readonly Relation[]; readonly of: readonly number[][] };

/** Cells that are looked at beyond the ones nearby, step by step, before the whole is. */
const reaches = [700, 4000, Infinity];
/** Of a long sum, as many cells are looked at nearby. */
const mostOfSum = 40;

/**
 * The move that changes one withheld cell by an amount and costs least: cells that are already withheld cost next to
 * nothing, others their weight. Looked for near the cell first, then further away.
 * @returns null when there is none
 */
export function cheapestMove(solver: Solver, working: Working, target: number, amount: number, mayHide: boolean): Move | null {
	let size = 0;
	for (const reach of mayHide ? reaches : reaches.slice(0, 1)) {
		const scope = nearby(working, target, reach, mayHide);
		if (scope.length === size) continue;
		size = scope.length;
		const move = moveWithin(solver, working, scope, target, amount);
		if (move) return move;
	}
	return null;
}

/** How far a cell can be moved in one direction (`1` or `-1`), up to a limit. */
export function furthestMove(solver: Solver, working: Working, target: number, limit: number, direction: 1 | -1, mayHide: boolean): number {
	const scope = nearby(working, target, mayHide ? Infinity : (reaches[0] ?? 0), mayHide);
	const programme = programmeOf(working, scope, target, null);
	const column = direction === 1 ? 0 : scope.length;
	const upper = programme.upper.map((most, i) => (i === column ? Math.min(most, limit) : i === (direction === 1 ? scope.length : 0) ? 0 : most));
	const cost = programme.cost.map((_, i) => (i === column ? 1 : 0));
	const found = solver.once({ ...programme, cost, upper }, { maximize: true });
	return found.kind === 'solved' ? Math.floor((found.at[column] ?? 0) + 1e-6) : 0;
}

/**
 * A move of withheld cells alone by which as many of the wanted ones as can be rise (`1`) or fall (`-1`) by what they need.
 * @param directions which way each should go; where all of a sum should go the same way nothing moves
 * @returns null when there is none in whole numbers
 */
export function broadMove(solver: Solver, { cells, relations, of }: Working, wanted: readonly number[], directions: readonly (1 | -1)[]): Move | null {
	const scope = cells.flatMap((cell, i) => (cell.known ? [] : [i]));
	const column = new Map(scope.map((cell, i) => [cell, i]));
	// One column a cell for its new value, and one for each wanted cell: how much of what it needs it gets.
	const rows = [...new Set(scope.flatMap((cell) => of[cell] ?? []))].map((r) => {
		const { cells: members = [], signs = [] } = relations[r] ?? {};
		const free = members.flatMap((cell, i) => (column.has(cell) ? [{ at: column.get(cell) ?? 0, sign: signs[i] ?? 0 }] : []));
		return { columns: free.map(({ at }) => at), factors: free.map(({ sign }) => sign), sum: 0 };
	});
	// What a cell gets in its direction is no more than it moves and no more than it needs; `rest` is what it moves beyond.
	const gets = wanted.map((cell, k) => ({ columns: [column.get(cell) ?? 0, scope.length + k, scope.length + wanted.length + k], factors: [directions[k] ?? 1, -1, -1], sum: 0 }));
	const need = (i: number): number => Math.max(cells[i]?.need ?? 0, cells[i]?.up ?? 0, cells[i]?.down ?? 0);
	const found = solver.once({
		cost: [...scope.map(() => 0), ...wanted.map(() => -1), ...wanted.map(() => 0)],
		lower: [...scope.map((i) => (cells[i]?.lower ?? 0) - (cells[i]?.value ?? 0)), ...wanted.map(() => -Infinity), ...wanted.map(() => 0)],
		upper: [...scope.map((i) => (cells[i]?.upper ?? Infinity) - (cells[i]?.value ?? 0)), ...wanted.map(need), ...wanted.map(() => Infinity)],
		rows: [...rows, ...gets]
	});
	if (found.kind !== 'solved') return null;
	const move = new Map<number, number>();
	for (const [i, cell] of scope.entries()) {
		const by = found.at[i] ?? 0;
		if (!isWhole(by)) return null;
		if (Math.round(by) !== 0) move.set(cell, Math.round(by));
	}
	return isInvisible({ cells, relations }, of, move) ? move : null;
}

/** Cells that may take part in a move of the target, itself first: breadth first through the sums. */
function nearby({ cells, relations, of }: Working, target: number, reach: number, mayHide: boolean): number[] {
	const scope = [target];
	const seen = new Set(scope);
	const done = new Set<number>();
	const takesPart = (i: number): boolean => {
		const cell = cells[i];
		return cell !== undefined && !seen.has(i) && (!cell.known || (mayHide && cell.open));
	};
	for (let at = 0; at < scope.length && scope.length < reach; at += 1) {
		for (const r of of[scope[at] ?? 0] ?? []) {
			if (done.has(r)) continue;
			done.add(r);
			const members = (relations[r]?.cells ?? []).filter(takesPart);
			for (const member of reach === Infinity ? members : nearest(cells, members, scope[at] ?? 0)) {
				seen.add(member);
				scope.push(member);
			}
		}
	}
	return scope;
}

/** The withheld ones of a long sum, those without bound and those closest to the cell. */
function nearest(cells: readonly Unknown[], members: readonly number[], from: number): readonly number[] {
	if (members.length <= mostOfSum) return members;
	const rank = (i: number): number => {
		const cell = cells[i];
		return cell && (!cell.known || cell.value >= cell.need) ? 0 : 1;
	};
	return [...members].sort((a, b) => rank(a) - rank(b) || Math.abs(a - from) - Math.abs(b - from) || a - b).slice(0, mostOfSum);
}

/** Columns: how much each cell of the scope goes up, then how much each goes down. */
function programmeOf({ cells, relations, of }: Working, scope: readonly number[], target: number, amount: number | null): Programme {
	const column = new Map(scope.map((cell, i) => [cell, i]));
	const size = scope.length;
	const cost = scope.map((i) => (cells[i]?.known ? (cells[i]?.weight ?? 1) : 0.001));
	const room = (i: number, up: boolean): number => {
		const cell = cells[i];
		if (!cell) return 0;
		if (i === target && amount !== null) return Math.max(0, up ? amount : -amount);
		return up ? cell.upper - cell.value : cell.value - cell.lower;
	};
	const fixed = (i: number, up: boolean): number => (i === target && amount !== null ? Math.max(0, up ? amount : -amount) : 0);
	const used = new Set(scope.flatMap((cell) => of[cell] ?? []));
	const rows = [...used].map((r) => {
		const columns: number[] = [];
		const factors: number[] = [];
		relations[r]?.cells.forEach((cell, i) => {
			const at = column.get(cell);
			if (at === undefined) return;
			const sign = relations[r]?.signs[i] ?? 0;
			columns.push(at, size + at);
			factors.push(sign, -sign);
		});
		return { columns, factors, sum: 0 };
	});
	return {
		cost: [...cost, ...cost],
		lower: [...scope.map((i) => fixed(i, true)), ...scope.map((i) => fixed(i, false))],
		upper: [...scope.map((i) => room(i, true)), ...scope.map((i) => room(i, false))],
		rows
	};
}

function moveWithin(solver: Solver, working: Working, scope: readonly number[], target: number, amount: number): Move | null {
	const cell = working.cells[target];
	if (!cell || cell.value + amount < cell.lower || cell.value + amount > cell.upper) return null;
	const programme = programmeOf(working, scope, target, amount);
	const found = solver.once(programme);
	if (found.kind !== 'solved') return null;
	return moveOf(working, scope, found) ?? (scope.length > 1500 ? null : moveOf(working, scope, solver.once(programme, { whole: true })));
}

/** A solution as a move, checked in whole numbers. */
function moveOf(working: Working, scope: readonly number[], found: Found): Move | null {
	if (found.kind !== 'solved') return null;
	const move = new Map<number, number>();
	for (const [i, cell] of scope.entries()) {
		const by = (found.at[i] ?? 0) - (found.at[scope.length + i] ?? 0);
		if (!isWhole(by)) return null;
		if (Math.round(by) !== 0) move.set(cell, Math.round(by));
	}
	return isInvisible(working, working.of, move, true) ? move : null;
}
