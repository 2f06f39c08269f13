import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOf, distance } from './kappa.ts';
import { scores, type Score } from './scale.ts';

const numeric = fc.constantFrom<0 | 1 | 2 | 3>(0, 1, 2, 3);
const pairsOf = (score: fc.Arbitrary<Score>) => fc.array(fc.tuple(score, score), { minLength: 1, maxLength: 80 });

/** Kappa without a table: mean distance of the pairs against the mean distance of every score of one side with every score of the other. */
function byEveryPair(pairs: readonly (readonly [number, number])[]): number | null {
	let near = 0;
	let chance = 0;
	for (const [a, b] of pairs) {
		near += Math.abs(a - b);
		for (const [, other] of pairs) chance += Math.abs(a - other);
	}
	return chance === 0 ? null : 1 - near / pairs.length / (chance / pairs.length ** 2);
}

/** The standard error by the delta method, with derivatives taken by small steps: no closed formula of the program's. */
function errorBySmallSteps(pairs: readonly (readonly [number, number])[]): number {
	const n = pairs.length;
	const cells = Array.from({ length: 16 }, () => 0);
	for (const [a, b] of pairs) cells[a * 4 + b] = (cells[a * 4 + b] ?? 0) + 1 / n;
	const kappa = (p: readonly number[]): number => {
		let near = 0;
		let chance = 0;
		for (let i = 0; i < 16; i++) {
			near += (p[i] ?? 0) * Math.abs(Math.floor(i / 4) - (i % 4));
			for (let j = 0; j < 16; j++) chance += (p[i] ?? 0) * (p[j] ?? 0) * Math.abs(Math.floor(i / 4) - (j % 4));
		}
		// The marginals are those of the whole table, whose cells need not sum to one while they are moved.
		return 1 - near / chance;
	};
	const total = (p: readonly number[]): number => p.reduce((sum, each) => sum + each, 0);
	// Homogeneous in the cells, so that the gradient is that of the multinomial's proportions.
	const homogeneous = (p: readonly number[]): number => kappa(p.map((each) => each / total(p)));
	const step = 1e-6;
	const gradient = cells.map((each, i) => (homogeneous(cells.with(i, each + step)) - homogeneous(cells.with(i, each - step))) / (2 * step));
	const mean = gradient.reduce((sum, each, i) => sum + each * (cells[i] ?? 0), 0);
	const square = gradient.reduce((sum, each, i) => sum + each ** 2 * (cells[i] ?? 0), 0);
	return Math.sqrt(Math.max(0, square - mean ** 2) / n);
}

describe('weighted kappa', () => {
	it('is one less the distance of the pairs over the distance that chance would leave', () => {
		fc.assert(
			fc.property(pairsOf(numeric), (pairs) => {
				const expected = byEveryPair(pairs.map(([a, b]) => [Number(a), Number(b)]));
				const { kappa, why } = agreementOf(pairs);
				if (expected === null) {
					expect([kappa, why]).toEqual([null, 'no-variation']);
					return;
				}
				expect(kappa).toBeCloseTo(expected, 9);
			})
		);
	});
	it('has the standard error that the delta method gives by small steps', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(numeric, numeric), { minLength: 10, maxLength: 80 }), (pairs) => {
				const { kappa, interval } = agreementOf(pairs);
				if (kappa === null || interval === null) return;
				const half = 1.959963984540054 * errorBySmallSteps(pairs);
				expect(interval[0]).toBeCloseTo(Math.max(-1, kappa - half), 4);
				expect(interval[1]).toBeCloseTo(Math.min(1, kappa + half), 4);
			})
		);
	});
	it('is one when both said the same, as long as they did not say one thing throughout', () => {
		expect(agreementOf([[0, 0], [1, 1], [3, 3]]).kappa).toBe(1);
		expect(agreementOf([[2, 2], [2, 2]])).toMatchObject({ kappa: null, why: 'no-variation', same: 1 });
	});
	it('is zero for two sides that score independently of each other', () => {
		const all = [0, 1, 2, 3] as const;
		expect(agreementOf(all.flatMap((a) => all.map((b) => [a, b] as const))).kappa).toBeCloseTo(0, 12);
	});
	it('says nothing where nothing has two numbers, and shows no interval for few', () => {
		expect(agreementOf([])).toMatchObject({ kappa: null, why: 'nothing', same: null, n: 0 });
		expect(agreementOf([['na', 'na'], ['na', 2]])).toMatchObject({ kappa: null, why: 'nothing', same: 0.5, applicability: 1, n: 0 });
		expect(agreementOf([[0, 1], [2, 2], [3, 3]]).interval).toBeNull();
	});
	it('counts what does not apply in the share of the same and not in kappa, and does not care which side is named first', () => {
		fc.assert(
			fc.property(pairsOf(fc.constantFrom<Score>(...scores)), (pairs) => {
				const got = agreementOf(pairs);
				expect(got.n).toBe(pairs.filter(([a, b]) => a !== 'na' && b !== 'na').length);
				expect(got.same).toBeCloseTo(pairs.filter(([a, b]) => a === b).length / pairs.length, 12);
				const turned = agreementOf(pairs.map(([a, b]) => [b, a] as const));
				if (got.kappa === null) {
					expect(turned.kappa).toBeNull();
					return;
				}
				expect(turned.kappa).toBeCloseTo(got.kappa, 9);
				expect(got.kappa).toBeLessThanOrEqual(1 + 1e-12);
				expect(got.kappa).toBeGreaterThanOrEqual(-1 - 1e-12);
			})
		);
	});
});

describe('the distance of two scores', () => {
	it('puts a dispute over whether it applies at all as far apart as absent and fully', () => {
		expect([distance([1, 1]), distance([0, 2]), distance(['na', 3]), distance(['na', 'na'])]).toEqual([0, 2, 3, 0]);
	});
});
