/** One number of a table, or one that follows from several: what is true, what everybody knows of it, what it needs. */
export type Unknown = {
	/** The true number, or where nobody here knows it, one that fits everything published. */
	value: number;
	/** Published, here or earlier. */
	known: boolean;
	/** Published here and not yet elsewhere: it may still be withheld. */
	open: boolean;
	/** Few people stand behind it, however large it is. */
	few?: boolean;
	/** What everybody knows of it while it is withheld: counts do not fall below zero. */
	lower: number;
	upper: number;
	/** How wide the range must stay in which somebody outside can place it. */
	need: number;
	/** How far above and below the true number this range must reach (magnitudes; zero for counts). */
	up: number;
	down: number;
	/** A withheld number that is shown to be at least this large gives nobody away; `Infinity` where size is no excuse. */
	large: number;
	/** What is lost when it is withheld. */
	weight: number;
};

/** A sum that everybody knows to hold: `signs[i] * cells[i]` add up to nothing. */
export type Relation = { readonly cells: readonly number[]; readonly signs: readonly number[] };

/** Numbers and what holds between them. */
export type System = { readonly cells: readonly Unknown[]; readonly relations: readonly Relation[] };

/** Another state of affairs that looks the same from outside: differences from the true numbers, by cell. */
export type Move = ReadonlyMap<number, number>;

/** For each cell the relations it stands in. */
export function relationsOf({ cells, relations }: System): number[][] {
	const of: number[][] = cells.map(() => []);
	relations.forEach((relation, r) => {
		for (const cell of relation.cells) of[cell]?.push(r);
	});
	return of;
}

/**
 * Whether a move is possible and invisible: whole numbers, nothing published changes, no range is left, every sum holds.
 * Exact: no tolerance of a solver enters.
 * @param mayHide whether the move may change published cells that can still be withheld
 */
export function isInvisible(system: System, of: readonly number[][], move: Move, mayHide = false): boolean {
	const touched = new Set<number>();
	for (const [at, by] of move) {
		const cell = system.cells[at];
		if (!cell || !Number.isSafeInteger(by) || (cell.known && by !== 0 && !(mayHide && cell.open))) return false;
		if (cell.value + by < cell.lower || cell.value + by > cell.upper) return false;
		for (const relation of of[at] ?? []) touched.add(relation);
	}
	for (const r of touched) {
		const { cells = [], signs = [] } = system.relations[r] ?? {};
		if (cells.reduce((sum, cell, i) => sum + (signs[i] ?? 0) * (move.get(cell) ?? 0), 0) !== 0) return false;
	}
	return true;
}

/** Cells that tell a small number: somebody, fewer than the threshold, in a range narrower than the threshold. Nobody gives nobody away. */
export function tells({ low, high }: { readonly low: number; readonly high: number }, { need, large }: Unknown): boolean {
	if (high - low >= need || (low === 0 && high === 0)) return false;
	return large === Infinity || (high >= 1 && low < large) || (high < 0 && low > -large);
}
