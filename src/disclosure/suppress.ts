import { boundsOf } from './bounds.ts';
import { cheapestMove, furthestMove, type Working } from './moves.ts';
import type { Solver } from './solver.ts';
import { relationsOf, type Move, type System, type Unknown } from './system.ts';

/** How the range of a withheld cell is proved: the least and the greatest number seen in a world that looks the same. */
type Proof = { low: number; high: number; least: Move | null; most: Move | null };

/** Which cells are withheld in the end, and which of those nothing could protect. */
export type Suppression = { withheld: ReadonlySet<number>; exposed: readonly number[]; proofs: ReadonlyMap<number, { low: number; high: number }> };

/** Systems of more cells than this are not thinned out afterwards. */
const mostThinned = 2500;
/** Programmes solved for thinning out, at most: a count, not a time, so that the result is always the same. */
const mostTries = 120;

/**
 * Withholds as many further cells as it takes that the range in which somebody outside can place any withheld cell is as
 * wide as that cell needs, and tries to give back those that turn out not to be needed. Each range is proved by two
 * worlds of whole numbers that look the same from outside, checked exactly.
 *
 * Method: for each cell in turn a linear programme finds the cheapest set of cells that can absorb a move of it (after
 * Kelly, Golden and Assad 1992, "Cell suppression: disclosure protection for sensitive tabular data").
 * @param system primary cells not known, all others known; `value` a world that fits
 */
export function suppressed(solver: Solver, system: System): Suppression {
	const working: Working = { cells: system.cells.map((cell) => ({ ...cell })), relations: system.relations, of: relationsOf(system) };
	const search = new Search(solver, working);
	const primary = new Set(hiddenOf(working.cells));
	const exposed = search.protectAll();
	if (working.cells.length <= mostThinned) search.thinOut(primary);
	const withheld = new Set(hiddenOf(working.cells));
	return { withheld, exposed, proofs: search.proofs };
}

const hiddenOf = (cells: readonly Unknown[]): number[] => cells.flatMap((cell, i) => (cell.known ? [] : [i]));

class Search {
	readonly proofs = new Map<number, Proof>();
	readonly #solver: Solver;
	readonly #working: Working;
	/** Cells that are told to be large, and among how many withheld ones that was found. */
	readonly #largeAmong = new Map<number, number>();
	#tries = 0;
	constructor(solver: Solver, working: Working) {
		this.#solver = solver;
		this.#working = working;
	}

	/** Protects every withheld cell, those withheld on the way too. @returns those that could not be */
	protectAll(): number[] {
		const exposed = new Set<number>();
		for (;;) {
			const hidden = hiddenOf(this.#working.cells);
			const open = hidden.filter((i) => !exposed.has(i) && this.#largeAmong.get(i) !== hidden.length && !this.#isSafe(i));
			if (open.length === 0) return [...exposed];
			const { cells } = this.#working;
			// The least first: cells with the greatest gap between what they have and what they need.
			open.sort((a, b) => (cells[a]?.value ?? 0) - (cells[b]?.value ?? 0) || a - b);
			for (const i of open) {
				if (this.#isSafe(i) || this.#widen(i, false) || this.#isLarge(i) || this.#widen(i, true)) continue;
				exposed.add(i);
			}
		}
	}

	#proof(i: number): Proof {
		const value = this.#working.cells[i]?.value ?? 0;
		const found = this.proofs.get(i) ?? { low: value, high: value, least: null, most: null };
		this.proofs.set(i, found);
		return found;
	}

	#isSafe(i: number): boolean {
		const cell = this.#working.cells[i];
		if (!cell) return true;
		const { low, high } = this.#proof(i);
		return low >= cell.large || (high - low >= cell.need && high - cell.value >= cell.up && cell.value - low >= cell.down);
	}

	/** Widens a cell's range to what it needs. @param mayHide whether further cells may be withheld for it */
	#widen(i: number, mayHide: boolean): boolean {
		const cell = this.#working.cells[i];
		if (!cell) return true;
		const { low, high } = this.#proof(i);
		const up = Math.max(cell.up, cell.need - (cell.value - Math.min(low, cell.value - cell.down)));
		if (cell.down > cell.value - low && !this.#moveBy(i, -cell.down, mayHide)) return false;
		if (up <= high - cell.value || this.#moveBy(i, up, mayHide)) return this.#isSafe(i);
		const most = Math.max(high - cell.value, furthestMove(this.#solver, this.#working, i, up, 1, mayHide));
		if (most < cell.up || cell.need - most > cell.value - cell.lower) return false;
		if (most > high - cell.value && !this.#moveBy(i, most, mayHide)) return false;
		return this.#moveBy(i, Math.min(low - cell.value, most - cell.need), mayHide) && this.#isSafe(i);
	}

	#moveBy(i: number, amount: number, mayHide: boolean): boolean {
		if (amount === 0) return true;
		this.#tries += 1;
		const move = cheapestMove(this.#solver, this.#working, i, amount, mayHide);
		if (!move) return false;
		this.#record(move);
		return true;
	}

	/** Withholds what a move touches, and notes what it proves about every cell in it. */
	#record(move: Move): void {
		for (const [i, by] of move) {
			const cell = this.#working.cells[i];
			if (!cell) continue;
			cell.known = false;
			const proof = this.#proof(i);
			if (cell.value + by < proof.low) Object.assign(proof, { low: cell.value + by, least: move });
			if (cell.value + by > proof.high) Object.assign(proof, { high: cell.value + by, most: move });
		}
	}

	/** Whether everybody is told that a cell is large, which gives nobody away. */
	#isLarge(i: number): boolean {
		const cell = this.#working.cells[i];
		if (!cell || cell.large === Infinity || cell.value < cell.large) return false;
		if (this.#working.cells.length > mostThinned) return false;
		const bounds = boundsOf(this.#solver, this.#working, new Set([i])).get(i);
		if (bounds === undefined || bounds.low < cell.large) return false;
		this.#largeAmong.set(i, hiddenOf(this.#working.cells).length);
		return true;
	}

	/** Publishes again, the weightiest first, what the others are safe without. */
	thinOut(primary: ReadonlySet<number>): void {
		const { cells } = this.#working;
		const extra = hiddenOf(cells).filter((i) => !primary.has(i) && cells[i]?.open);
		extra.sort((a, b) => (cells[b]?.weight ?? 0) - (cells[a]?.weight ?? 0) || b - a);
		this.#tries = 0;
		for (const i of extra) if (this.#tries < mostTries) this.#tryWithout(i);
	}

	#tryWithout(i: number): void {
		const cell = this.#working.cells[i];
		if (!cell) return;
		const before = new Map([...this.proofs].map(([key, proof]) => [key, { ...proof }]));
		const uses = (move: Move | null): boolean => move?.has(i) ?? false;
		cell.known = true;
		const value = (at: number): number => this.#working.cells[at]?.value ?? 0;
		const touched: number[] = [];
		this.proofs.delete(i);
		for (const [at, proof] of this.proofs) {
			if (uses(proof.least)) Object.assign(proof, { low: value(at), least: null });
			else if (!uses(proof.most)) continue;
			if (uses(proof.most)) Object.assign(proof, { high: value(at), most: null });
			touched.push(at);
		}
		if (touched.every((at) => this.#working.cells[at]?.known || this.#isSafe(at) || this.#widen(at, false) || this.#isLarge(at))) return;
		cell.known = false;
		this.proofs.clear();
		for (const [key, proof] of before) this.proofs.set(key, proof);
	}
}
