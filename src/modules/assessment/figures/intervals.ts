/**
 * Confidence intervals at 95 %. For simple random samples; with a stated population the finite population correction.
 * Checked against independent calculation in `intervals.test.ts`.
 */

/** An estimate's interval, in the unit of the estimate. */
export type Interval = { readonly low: number; readonly high: number };

/** 97.5 % quantile of the normal distribution. */
export const z95 = 1.959963984540054;

/** Bases smaller than this are marked on the page: an interval is wide, and one answer moves the figure by more than three points. */
export const smallBase = 30;

/**
 * Size that a sample of n has in effect when the population is not endless: n divided by the correction (N - n) / (N - 1).
 * Cochran, Sampling Techniques (3rd ed. 1977), 2.6. Endless for a census.
 */
export function effectiveSize(n: number, population: number | null): number {
	if (population === null || population <= 1) return n;
	return n >= population ? Number.POSITIVE_INFINITY : (n * (population - 1)) / (population - n);
}

/**
 * Wilson's score interval for a share, which holds for few and for shares near 0 and 1. Wilson, JASA 22 (1927) 209-212;
 * recommended by Brown, Cai and DasGupta, Statistical Science 16 (2001) 101-133.
 * @param share between 0 and 1
 * @param n effective size (`effectiveSize`; for weighed answers Kish's (sum w)^2 / sum w^2)
 */
export function wilson(share: number, n: number): Interval {
	if (!(n > 0)) return { low: 0, high: 1 };
	if (n === Number.POSITIVE_INFINITY) return { low: share, high: share };
	const z2 = z95 * z95;
	const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
	const half = (z95 / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
	return { low: share === 0 ? 0 : Math.max(0, centre - half), high: share === 1 ? 1 : Math.min(1, centre + half) };
}

/** Mean with its variance (divisor n - 1) and, weighed, Kish's effective size. */
export type Moments = { readonly mean: number; readonly variance: number; readonly n: number };

/** Two passes, for accuracy. @param weights as long as the values, or empty */
export function momentsOf(values: readonly number[], weights: readonly number[] = []): Moments {
	const weight = (i: number): number => (weights.length === 0 ? 1 : (weights[i] ?? 0));
	let total = 0;
	let sum = 0;
	let squares = 0;
	for (let i = 0; i < values.length; i++) {
		total += weight(i);
		squares += weight(i) ** 2;
		sum += weight(i) * (values[i] ?? 0);
	}
	const mean = sum / total;
	const n = weights.length === 0 ? values.length : (total * total) / squares;
	let deviations = 0;
	for (let i = 0; i < values.length; i++) deviations += weight(i) * ((values[i] ?? 0) - mean) ** 2;
	return { mean, variance: n > 1 ? (deviations / total) * (n / (n - 1)) : Number.NaN, n };
}

/**
 * Student's t interval for a mean; null for fewer than two values. The correction for a finite population is 1 - n/N on the variance
 * (Cochran 1977, 2.6).
 */
export function meanInterval({ mean, variance, n }: Moments, population: number | null): Interval | null {
	if (!(n > 1)) return null;
	const correction = population === null ? 1 : Math.max(0, 1 - n / population);
	const half = studentQuantile(n - 1) * Math.sqrt((variance * correction) / n);
	return { low: mean - half, high: mean + half };
}

/** The middle value, or the mean of the two middle ones. @param sorted ascending */
export function medianOf(sorted: ArrayLike<number>): number {
	const n = sorted.length;
	return ((sorted[Math.floor((n - 1) / 2)] ?? Number.NaN) + (sorted[Math.floor(n / 2)] ?? Number.NaN)) / 2;
}

/**
 * Interval for a median between two of the ordered values, whatever their distribution: the r-th smallest and largest, r the
 * largest for which the binomial probability of fewer than r below the median is at most 2.5 %. Conover, Practical Nonparametric
 * Statistics (3rd ed. 1999), 3.2. Null below six values: no two of them reach 95 %. Not narrowed for a finite population.
 */
export function medianInterval(sorted: ArrayLike<number>): Interval | null {
	const r = medianRank(sorted.length);
	if (r === null) return null;
	return { low: sorted[r - 1] ?? Number.NaN, high: sorted[sorted.length - r] ?? Number.NaN };
}

/** The rank r of {@link medianInterval}. Exact up to 1,000 values, by the normal approximation beyond. */
export function medianRank(n: number): number | null {
	if (n < 6) return null;
	if (n > 1000) return Math.max(1, Math.floor((n + 1 - z95 * Math.sqrt(n)) / 2));
	// P(X = k) for X ~ Bin(n, 1/2), in logarithms: 2^-1000 is still a number, its neighbours' sum is what counts.
	let log = -n * Math.LN2;
	let below = 0;
	for (let k = 0; k <= n; k++) {
		below += Math.exp(log);
		if (below > 0.025) return k === 0 ? null : k;
		log += Math.log((n - k) / (k + 1));
	}
	return null;
}

/**
 * 97.5 % quantile of Student's t, by halving on its distribution function.
 * @param freedom degrees of freedom, above 0
 */
export function studentQuantile(freedom: number): number {
	if (freedom > 1e7) return z95;
	let [low, high] = [0, 2];
	while (studentBelow(high, freedom) < 0.975) high *= 2;
	for (let i = 0; i < 200 && high - low > 1e-12 * high; i++) {
		const middle = (low + high) / 2;
		if (studentBelow(middle, freedom) < 0.975) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/** P(T <= t) for t >= 0 by the incomplete beta function (DLMF 8.17; Abramowitz and Stegun 26.7.1). */
export function studentBelow(t: number, freedom: number): number {
	return 1 - incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2;
}

/** Regularised incomplete beta function by its continued fraction (DLMF 8.17.22, evaluated as by Lentz). */
function incompleteBeta(a: number, b: number, x: number): number {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
	const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
	const tiny = 1e-300;
	let c = 1;
	let d = 1 / atLeast(1 - ((a + b) * x) / (a + 1));
	let fraction = d;
	for (let m = 1; m < 1000; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / atLeast(1 + even * d);
		c = atLeast(1 + even / c);
		fraction *= d * c;
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / atLeast(1 + odd * d);
		c = atLeast(1 + odd / c);
		fraction *= d * c;
		if (Math.abs(d * c - 1) < 1e-15) break;
	}
	return front * fraction;

	function atLeast(value: number): number {
		return Math.abs(value) < tiny ? tiny : value;
	}
}

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** Stirling's series (DLMF 5.11.1) after raising the argument above 15 by the recurrence. */
export function logGamma(x: number): number {
	let [shift, at] = [0, x];
	while (at < 15) {
		shift += Math.log(at);
		at += 1;
	}
	const inverse = 1 / (at * at);
	const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / at;
	return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - shift;
}

/** A share with the effective size it rests on. */
export type Share = { readonly share: number; readonly size: number };

/**
 * Interval for the difference of two independent shares, later less earlier: Newcombe's hybrid of two score intervals, method
 * 10 of Statistics in Medicine 17 (1998) 873-890.
 */
export function differenceOfShares(earlier: Share, later: Share): Interval {
	const [a, b] = [wilson(later.share, later.size), wilson(earlier.share, earlier.size)];
	const difference = later.share - earlier.share;
	return {
		low: difference - Math.hypot(later.share - a.low, b.high - earlier.share),
		high: difference + Math.hypot(a.high - later.share, earlier.share - b.low)
	};
}

/** Interval for the difference of two independent means, later less earlier: Welch, Biometrika 34 (1947) 28-35. Null for fewer than two values. */
export function differenceOfMeans(earlier: Moments, later: Moments, populations: readonly [number | null, number | null] = [null, null]): Interval | null {
	if (!(earlier.n > 1 && later.n > 1)) return null;
	const error = ({ variance, n }: Moments, population: number | null): number => (variance * (population === null ? 1 : Math.max(0, 1 - n / population))) / n;
	const [a, b] = [error(earlier, populations[0]), error(later, populations[1])];
	const difference = later.mean - earlier.mean;
	if (a + b === 0) return { low: difference, high: difference };
	const freedom = (a + b) ** 2 / (a ** 2 / (earlier.n - 1) + b ** 2 / (later.n - 1));
	const half = studentQuantile(freedom) * Math.sqrt(a + b);
	return { low: difference - half, high: difference + half };
}
