import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	differenceOfMeans, differenceOfShares, effectiveSize, logGamma, meanInterval, medianInterval, medianOf, medianRank, momentsOf, studentBelow, studentQuantile, wilson, z95
} from './intervals.ts';

describe('the interval of a share', () => {
	it('is what the published examples say', () => {
		// Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3 (score).
		for (const [r, n, low, high] of [[81, 263, 0.2553, 0.3662], [15, 148, 0.0624, 0.1605], [0, 20, 0, 0.1611], [1, 29, 0.0061, 0.1718]] as const) {
			const interval = wilson(r / n, n);
			expect(interval.low).toBeCloseTo(low, 4);
			expect(interval.high).toBeCloseTo(high, 4);
		}
	});
	it('ends where the score test just does not refuse the share', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (n, share) => {
				const { low, high } = wilson(share, n);
				for (const end of [low, high]) expect(Math.abs(share - end) / Math.sqrt((end * (1 - end)) / n)).toBeCloseTo(z95, 6);
			})
		);
	});
	it('is narrower when more of the population was asked, and nothing is left when all were', () => {
		expect(effectiveSize(100, null)).toBe(100);
		expect(effectiveSize(100, 200)).toBeCloseTo(199, 9);
		expect(wilson(0.3, effectiveSize(200, 200))).toEqual({ low: 0.3, high: 0.3 });
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 1000 }), fc.integer({ min: 1, max: 100_000 }), (n, more) => {
				const [few, many] = [wilson(0.4, effectiveSize(n, null)), wilson(0.4, effectiveSize(n, n + more))];
				expect(many.high - many.low).toBeLessThanOrEqual(few.high - few.low + 1e-12);
			})
		);
	});
	it('covers the true share about 95 times in 100', () => {
		// Exactly, by summing the binomial: no chance in the test.
		for (const [n, p] of [[30, 0.2], [50, 0.5], [100, 0.05], [200, 0.9]] as const) {
			let covered = 0;
			for (let k = 0; k <= n; k++) {
				const { low, high } = wilson(k / n, n);
				const log = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log(1 - p);
				if (low <= p && p <= high) covered += Math.exp(log);
			}
			expect(covered).toBeGreaterThan(0.925);
			expect(covered).toBeLessThan(0.985);
		}
	});
});

describe('the interval of a mean', () => {
	it('uses the quantiles of Student that stand in every table', () => {
		for (const [freedom, value] of [[1, 12.7062], [2, 4.3027], [5, 2.5706], [10, 2.2281], [30, 2.0423], [120, 1.9799], [1e8, 1.96]] as const) {
			expect(studentQuantile(freedom)).toBeCloseTo(value, 4);
		}
		// The distribution has a closed form for one and two degrees of freedom.
		expect(studentBelow(3, 1)).toBeCloseTo(0.5 + Math.atan(3) / Math.PI, 12);
		expect(studentBelow(1.7, 2)).toBeCloseTo(0.5 + 1.7 / (2 * Math.sqrt(2 + 1.7 ** 2)), 12);
	});
	it('is what a textbook works out by hand', () => {
		const moments = momentsOf([4, 6, 8, 10, 12]);
		expect(moments).toEqual({ mean: 8, variance: 10, n: 5 });
		const half = 2.776445 * Math.sqrt(10 / 5);
		expect(meanInterval(moments, null)?.low).toBeCloseTo(8 - half, 5);
		expect(meanInterval(moments, 10)?.high).toBeCloseTo(8 + half * Math.sqrt(0.5), 5);
		expect(meanInterval(momentsOf([3]), null)).toBeNull();
	});
	it('weighs as repeating a value would, as far as the mean goes', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 5 })), { minLength: 2, maxLength: 20 }), (pairs) => {
				const weighed = momentsOf(pairs.map(([value]) => value), pairs.map(([, weight]) => weight));
				const repeated = pairs.flatMap(([value, weight]) => Array<number>(weight).fill(value));
				expect(weighed.mean).toBeCloseTo(repeated.reduce((sum, value) => sum + value, 0) / repeated.length, 9);
				expect(weighed.n).toBeLessThanOrEqual(pairs.length + 1e-9);
			})
		);
	});
});

describe('the interval of a median', () => {
	it('takes the ranks that the binomial distribution gives', () => {
		// Conover (1999), table A3: n = 6 to 30.
		expect([5, 6, 8, 9, 10, 15, 20, 25, 30].map(medianRank)).toEqual([null, 1, 1, 2, 2, 4, 6, 8, 10]);
	});
	it('agrees beyond a thousand with the exact ranks nearby, to within one', () => {
		const exact = medianRank(1000) ?? 0;
		const near = medianRank(1001) ?? 0;
		expect(Math.abs(near - exact)).toBeLessThanOrEqual(1);
	});
	it('holds the median between its ends', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 200 }), (values) => {
				const sorted = Float64Array.from(values).sort();
				const interval = medianInterval(sorted);
				expect(interval && interval.low <= medianOf(sorted) && medianOf(sorted) <= interval.high).toBe(true);
			})
		);
	});
	it('is the middle value, or between the two middle ones', () => {
		expect(medianOf([1, 2, 10])).toBe(2);
		expect(medianOf([1, 2, 10, 20])).toBe(6);
	});
});

describe('the interval of a difference', () => {
	it('is what Newcombe publishes for two shares', () => {
		// Statistics in Medicine 17:873-890, table II, method 10.
		for (const [a, m, b, n, low, high] of [[56, 70, 48, 80, 0.0524, 0.3339], [9, 10, 3, 10, 0.1705, 0.809], [5, 56, 0, 29, -0.0381, 0.1926], [0, 10, 0, 20, -0.1611, 0.2775]] as const) {
			const interval = differenceOfShares({ share: b / n, size: n }, { share: a / m, size: m });
			expect(interval.low).toBeCloseTo(low, 4);
			expect(interval.high).toBeCloseTo(high, 4);
		}
	});
	it('leaves no doubt between two censuses', () => {
		const interval = differenceOfShares({ share: 0.2, size: Number.POSITIVE_INFINITY }, { share: 0.5, size: Number.POSITIVE_INFINITY });
		expect(interval.low).toBeCloseTo(0.3, 12);
		expect(interval.high).toBeCloseTo(0.3, 12);
	});
	it('is Welch’s for two means', () => {
		// Equal variances and sizes: the classical two-sample interval with 2n - 2 degrees of freedom.
		const [a, b] = [momentsOf([1, 2, 3, 4, 5]), momentsOf([3, 4, 5, 6, 7])];
		const half = studentQuantile(8) * Math.sqrt(2.5 / 5 + 2.5 / 5);
		const interval = differenceOfMeans(a, b);
		expect(interval?.low).toBeCloseTo(2 - half, 9);
		expect(interval?.high).toBeCloseTo(2 + half, 9);
	});
});
