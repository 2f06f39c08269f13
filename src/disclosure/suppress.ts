import { boundsOf } from './bounds.ts';
import { broadMove, cheapestMove, furthestMove, type Working } from './moves.ts';
import type { Solver } from './solver.ts';
import { relationsOf, tells, type Move, type System, type Unknown } from './system.ts';

/** How the range of a withheld cell is proved: the least and the greatest number seen in a world that looks the same. */
type Proof = { low: number; high: number; least: Move | null; most: Move | null };

/** Which cells are withheld in the end, and which of those nothing could protect. */
export type Suppression = { withheld: ReadonlySet<number>; exposed: readonly number[]; proofs: ReadonlyMap<number, { low: number; high: number }> };

/** Systems of more cells than this are not thinned out afterwards, and cells in them are not looked at for being told to be large. */
const mostThinned = 2500;
const mostBounded = 20_000;
/** How often many cells are looked at together, and how few are not worth it. */
const mostLooks = 12;
const fewOpen = 8;
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
	/** Cells that are told to be large or nobody, and among how many withheld ones that was found. */
	readonly #harmlessAmong = new Map<number, number>();
	#tries = 0;
	constructor(solver: Solver, working: Working) {
		this.#solver = solver;
		this.#working = working;
	}

	/** Protects every withheld cell, those withheld on the way too. @returns those that could not be */
	protectAll(): number[] {
		const exposed = new Set<number>();
		for (;;) {
			this.#lookAround();
			const hidden = hiddenOf(this.#working.cells);
			const open = hidden.filter((i) => !exposed.has(i) && this.#harmlessAmong.get(i) !== hidden.length && !this.#isSafe(i));
			if (open.length === 0) return [...exposed];
			const { cells } = this.#working;
			// The least first: cells with the greatest gap between what they have and what they need.
			open.sort((a, b) => (cells[a]?.value ?? 0) - (cells[b]?.value ?? 0) || a - b);
			for (const i of open) {
				if (this.#isSafe(i) || this.#harmlessAmong.get(i) === hiddenOf(cells).length || this.#widen(i, false) || this.#isHarmless(i) || this.#widen(i, true)) continue;
				exposed.add(i);
			}
		}
	}

	/** Parts of a sum that is known to be nobody are nobody, and everybody is told so already. */
	#findNobody(): void {
		const { cells, relations } = this.#working;
		const among = hiddenOf(cells).length;
		for (const { cells: members, signs } of relations) {
			const left = members.flatMap((id, i) => (cells[id]?.known ? [] : [{ id, sign: signs[i] ?? 0 }]));
			const [first] = left;
			const rest = members.reduce((sum, id, i) => sum + (cells[id]?.known ? (signs[i] ?? 0) * (cells[id]?.value ?? 0) : 0), 0);
			if (rest !== 0 || !first || left.some(({ id, sign }) => sign !== first.sign || (cells[id]?.lower ?? 0) < 0)) continue;
			for (const { id } of left) this.#harmlessAmong.set(id, among);
		}
	}

	/**
	 * Looks for worlds in which many withheld cells are larger, or smaller, at once: each proves many ranges by one programme.
	 * What is left is looked at cell by cell.
	 */
	#lookAround(): void {
		const { cells } = this.#working;
		this.#findNobody();
		for (let round = 0; round < mostLooks; round += 1) {
			const hidden = hiddenOf(cells);
			const open = hidden.filter((i) => this.#harmlessAmong.get(i) !== hidden.length && !this.#isSafe(i));
			if (open.length < fewOpen) return;
			// Each should go its own way, another one each time, for what adds up cannot all rise: a stream that is always the same.
			const directions = open.map((i): 1 | -1 => (((i + 1) * 40_503 * (2 * round + 1)) % 65_536 < ((cells[i]?.value ?? 0) < (cells[i]?.need ?? 0) ? 49_152 : 32_768) ? 1 : -1));
			const move = broadMove(this.#solver, this.#working, open, directions);
			if (move) this.#record(move);
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

	/** Whether everybody is told that a cell is large, or that it is nobody: neither gives anybody away. */
	#isHarmless(i: number): boolean {
		const { cells, relations, of } = this.#working;
		const cell = cells[i];
		if (!cell || (cell.value !== 0 && (cell.large === Infinity || Math.abs(cell.value) < cell.large))) return false;
		const found = (): true => {
			this.#harmlessAmong.set(i, hiddenOf(cells).length);
			return true;
		};
		// What the others of one sum leave no choice about needs no programme.
		if ((of[i] ?? []).some((r) => relations[r]?.cells.every((other) => other === i || cells[other]?.known))) return tells({ low: cell.value, high: cell.value }, cell) ? false : found();
		if (cells.length > mostBounded) return false;
		const bounds = boundsOf(this.#solver, this.#working, new Set([i])).get(i);
		return bounds !== undefined && !tells(bounds, cell) && found();
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
		if (touched.every((at) => this.#working.cells[at]?.known || this.#isSafe(at) || this.#widen(at, false) || this.#isHarmless(at))) return;
		cell.known = false;
		this.proofs.clear();
		for (const [key, proof] of before) this.proofs.set(key, proof);
	}
}
