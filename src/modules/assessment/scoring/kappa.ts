import { best, type Score } from './scale.ts';

/** How far two sides agree that scored the same criteria without seeing each other's scores. */
export type Agreement = {
	/** Criteria that both scored, those not applicable among them. */
	readonly criteria: number;
	/** Share of these on which both said the very same. */
	readonly same: number | null;
	/** Criteria that only one side found not applicable. */
	readonly applicability: number;
	/** Criteria with a number from both sides: what kappa rests on. */
	readonly n: number;
	/** Cohen's kappa with linear weights, -1 to 1; null when there is nothing to measure by (see `why`). */
	readonly kappa: number | null;
	/** The interval at 95 %, cut off at -1 and 1; null below ten criteria, where the approximation says nothing. */
	readonly interval: readonly [number, number] | null;
	/** Why there is no kappa: no criterion with two numbers, or both sides gave one single score throughout. */
	readonly why: 'nothing' | 'no-variation' | null;
};

const categories = best + 1;
const z95 = 1.959963984540054;
/** Below this the normal approximation of the interval is not shown. */
export const fewestForInterval = 10;

/** Weight of a pair: 1 for the same score, less by a third for each step apart. */
const weight = (a: number, b: number): number => 1 - Math.abs(a - b) / best;

/**
 * Agreement of two sheets. Kappa with linear weights (Cohen 1968): on a scale of four named steps every step is as far as the
 * next, and quadratic weights would forgive being one step apart almost wholly. Its standard error is that of Fleiss, Cohen and
 * Everitt (1969). What one side finds not applicable is no point on the scale: it counts in the share of the same, not in kappa.
 * @param pairs what both sides said, criterion by criterion
 */
export function agreementOf(pairs: readonly (readonly [Score, Score])[]): Agreement {
	const same = pairs.filter(([a, b]) => a === b).length;
	const applicability = pairs.filter(([a, b]) => (a === 'na') !== (b === 'na')).length;
	const numbers = pairs.flatMap(([a, b]) => (a === 'na' || b === 'na' ? [] : [[a, b] as const]));
	const n = numbers.length;
	const base = { criteria: pairs.length, same: pairs.length > 0 ? same / pairs.length : null, applicability, n };
	if (n === 0) return { ...base, kappa: null, interval: null, why: 'nothing' };
	const table = Array.from({ length: categories }, () => Array.from({ length: categories }, () => 0));
	for (const [a, b] of numbers) {
		const row = table[a];
		if (row) row[b] = (row[b] ?? 0) + 1 / n;
	}
	const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
	const steps = [...Array(categories).keys()];
	const sum = (of: (i: number) => number): number => steps.reduce((total, i) => total + of(i), 0);
	const rows = steps.map((i) => sum((j) => at(i, j)));
	const columns = steps.map((j) => sum((i) => at(i, j)));
	const observed = sum((i) => sum((j) => weight(i, j) * at(i, j)));
	const expected = sum((i) => sum((j) => weight(i, j) * (rows[i] ?? 0) * (columns[j] ?? 0)));
	if (1 - expected < 1e-12) return { ...base, kappa: null, interval: null, why: 'no-variation' };
	const kappa = (observed - expected) / (1 - expected);
	// Mean weight of a row's score against the other side's scores, and of a column's.
	const ofRow = steps.map((i) => sum((j) => (columns[j] ?? 0) * weight(i, j)));
	const ofColumn = steps.map((j) => sum((i) => (rows[i] ?? 0) * weight(i, j)));
	const spread = sum((i) =>
		sum((j) => at(i, j) * (weight(i, j) * (1 - expected) - ((ofRow[i] ?? 0) + (ofColumn[j] ?? 0)) * (1 - observed)) ** 2)
	);
	const variance = Math.max(0, spread - (observed * expected - 2 * expected + observed) ** 2) / (n * (1 - expected) ** 4);
	const half = z95 * Math.sqrt(variance);
	const interval = n < fewestForInterval ? null : ([Math.max(-1, kappa - half), Math.min(1, kappa + half)] as const);
	return { ...base, kappa, interval, why: null };
}

/** How large a difference is, for listing the largest first: steps apart; not applicable against a score counts as three. */
export function distance([a, b]: readonly [Score, Score]): number {
	if (a === b) return 0;
	return a === 'na' || b === 'na' ? best : Math.abs(a - b);
}
