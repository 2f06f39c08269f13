import { protectMultiple, protectTable, withMargins } from '#disclosure/protect.ts';

/** What is protected: counts of rows by answer and group, of how many submissions each is, and the groups' bases. */
export type Unprotected = {
	readonly counts: readonly (readonly { rows: number; people: number }[])[];
	readonly bases: readonly { n: number; people: number }[];
	/** Several answers from one: each stands for itself, beside those who did not give it. */
	readonly multiple: boolean;
};

/** Which counts may be shown, and which groups' sizes. */
export type Pattern = { readonly cells: readonly (readonly boolean[])[]; readonly sizes: readonly boolean[] };

/**
 * What of a table of counts may be shown to others than the named analysts. A count from few submissions is small, however many
 * instances of a repeat it has.
 * @param threshold the smallest count of people that may be shown
 */
export function protectFigure({ counts, bases, multiple }: Unprotected, threshold: number): Pattern {
	const guarded = ({ rows, people }: { rows: number; people: number }): number => (people < threshold ? Math.min(rows, threshold - 1) : rows);
	const table = counts.map((row) => row.map(guarded));
	const sizes = bases.map(({ n, people }) => guarded({ rows: n, people }));
	if (multiple) {
		const { published, asked } = protectMultiple(table, sizes, threshold);
		return { cells: published, sizes: asked };
	}
	// Whoever is in the base and in no row can be told by subtraction: a row of its own.
	const rest = bases.map(({ n }, j) => Math.max(0, n - counts.reduce((sum, row) => sum + (row[j]?.rows ?? 0), 0)));
	const whole = rest.some((count) => count > 0) ? [...table, rest] : table;
	const { published } = protectTable(withMargins(whole), threshold);
	const margins = published[whole.length] ?? [];
	return { cells: counts.map((row, i) => row.map((_, j) => published[i]?.[j] ?? false)), sizes: sizes.map((_, j) => margins[j] ?? false) };
}

/** Protects values that rest on a number of people each: shown where the number may be. */
export function protectValues(bases: Unprotected['bases'], threshold: number): readonly boolean[] {
	return protectFigure({ counts: [bases.map(({ n, people }) => ({ rows: n, people }))], bases, multiple: false }, threshold).cells[0] ?? [];
}

/**
 * Whether a sum would tell the largest contribution to within 15 % of itself, to whoever made the second largest (the p% rule:
 * Hundepool et al., Statistical Disclosure Control, 2012, 4.2.2).
 */
export function isDominated(values: readonly number[]): boolean {
	const [first = 0, second = 0] = values.map(Math.abs).sort((a, b) => b - a);
	const total = values.reduce((sum, value) => sum + Math.abs(value), 0);
	return first > 0 && total - first - second < 0.15 * first;
}
