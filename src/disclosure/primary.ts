/** Whose numbers they are: people asked or served, or survivors. */
export type Unit = 'people' | 'survivors';

/** Smallest count of people that may be shown, by unit, where a programme sets no other. */
export const thresholds: Readonly<Record<Unit, number>> = { people: 5, survivors: 10 };

/** Whether a count may not be shown: somebody, but fewer than the threshold. Zero says that there is nobody, and stays. */
export const isSmall = (count: number, threshold: number): boolean => count > 0 && count < threshold;

/** When one contributor can be told from a sum: (n, k) dominance, the p% rule, and too few contributors. */
export type MagnitudeRule = {
	/** Nobody who knows her own contribution may place another's within this many per cent of it. */
	readonly p: number;
	/** The greatest `n` contributions may not make up more than `k` per cent of the sum. */
	readonly n?: number | undefined;
	readonly k?: number | undefined;
};

/** A sum over contributors: who contributed, and the greatest contributions, in descending order. */
export type Magnitude = { readonly value: number; readonly contributors: number; readonly largest: readonly number[] };

/**
 * How far the range of a withheld sum must reach above and below it; null when the sum may be shown.
 * After Hundepool et al. 2012, "Statistical Disclosure Control", sections 4.2 and 4.3 (upper protection levels).
 * @param fewest contributors that there must be
 */
export function magnitudeNeed({ value, contributors, largest }: Magnitude, rule: MagnitudeRule, fewest: number): number | null {
	if (value === 0 || contributors === 0) return null;
	const first = largest[0] ?? value;
	const rest = value - first - (largest[1] ?? 0);
	const percent = Math.ceil((rule.p / 100) * first) - rest;
	const { n, k } = rule;
	const top = n === undefined ? 0 : largest.slice(0, n).reduce((sum, each) => sum + each, 0);
	const dominance = n === undefined || k === undefined ? 0 : Math.ceil((100 * top) / k) - value;
	const few = contributors < fewest ? Math.ceil((rule.p / 100) * first) : 0;
	const need = Math.max(percent, dominance, few);
	return need > 0 ? need : null;
}
