import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { components, equalWeights, peopleScore, priorityOf, scoresOf, type Scores, type Weights } from './priority-of-gap.ts';
import { rankGaps, steadyNumbers, swing, top, tried, weightings } from './rank.ts';

const score = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 10, max: 50 }).map((tenths) => tenths / 10));
const gap: fc.Arbitrary<Scores> = fc.record({ severity: score, people: fc.option(score, { nil: null }), strength: score, feasibility: score });
const weights: fc.Arbitrary<Weights> = fc.record({ severity: fc.double({ min: 0.1, max: 5, noNaN: true }), people: fc.double({ min: 0.1, max: 5, noNaN: true }), strength: fc.double({ min: 0.1, max: 5, noNaN: true }), feasibility: fc.double({ min: 0.1, max: 5, noNaN: true }) });

/** The weighted product written as powers and a root, instead of logarithms. */
function byPowers(scores: Scores, w: Weights): number {
	const known = components.filter((each) => scores[each] !== null);
	const total = known.reduce((sum, each) => sum + w[each], 0);
	return known.reduce((product, each) => product * (scores[each] ?? 1) ** (w[each] / total), 1);
}
/** Places by counting, for every gap, who is better and who is not worse. */
function placesByCounting(all: readonly Scores[], w: Weights): { first: number; last: number }[] {
	const values = all.map((scores) => Math.log(byPowers(scores, w)));
	return values.map((own) => ({ first: 1 + values.filter((other) => other - own > 1e-9).length, last: values.filter((other) => own - other <= 1e-9).length }));
}

describe('the priority of a gap', () => {
	it('is the product of its components by their weights, and grows with each of them', () => {
		fc.assert(
			fc.property(gap, weights, fc.constantFrom(...components), (scores, w, component) => {
				const priority = priorityOf(scores, w) ?? 0;
				expect(priority).toBeCloseTo(byPowers(scores, w), 9);
				expect(priority).toBeGreaterThanOrEqual(1);
				expect(priority).toBeLessThanOrEqual(5 + 1e-9);
				const higher = { ...scores, [component]: Math.min(5, (scores[component] ?? 1) + 0.5) };
				if (scores[component] !== null) expect(priorityOf(higher, w) ?? 0).toBeGreaterThanOrEqual(priority - 1e-12);
			})
		);
	});
	it('keeps the order of the plain product when all weights are equal', () => {
		const known = gap.filter((scores) => scores.people !== null);
		fc.assert(
			fc.property(known, known, (a, b) => {
				const product = (scores: Scores): number => components.reduce((all, each) => all * (scores[each] ?? 1), 1);
				if (product(a) > product(b) * 1.000001) expect(priorityOf(a) ?? 0).toBeGreaterThan(priorityOf(b) ?? 0);
			})
		);
	});
	it('is not given while severity, feasibility or standing evidence is missing; people may be unknown', () => {
		const written = { severity: 4, feasibility: 3, peopleLow: null, peopleHigh: null, strength: 0.5 };
		expect(priorityOf(scoresOf(written))).toBeCloseTo(36 ** (1 / 3));
		expect(priorityOf(scoresOf({ ...written, severity: null }))).toBeNull();
		expect(priorityOf(scoresOf({ ...written, strength: 0 }))).toBeNull();
	});
	it('counts people in powers of ten, and a range by its middle', () => {
		expect([peopleScore(0, 0), peopleScore(10, 10), peopleScore(100, 10_000), peopleScore(1000, 1000), peopleScore(5e6, 9e6)]).toEqual([1, 1, 3, 3, 5]);
		fc.assert(fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6), (low, wide, more) => void expect(peopleScore(low, low + wide + more)).toBeGreaterThanOrEqual(peopleScore(low, low + wide))));
	});
});

describe('ranking', () => {
	it('says of every gap what trying each weighting and counting by hand says', () => {
		fc.assert(
			fc.property(fc.array(gap, { minLength: 1, maxLength: 9 }), weights, (all, w) => {
				const ranks = rankGaps(all, w);
				const own = placesByCounting(all, w);
				const tries = tried(w).map((each) => placesByCounting(all, each));
				for (const [i, rank] of ranks.entries()) {
					const mine = own[i] ?? { first: 0, last: 0 };
					const places = tries.map((each) => each[i] ?? { first: 0, last: 0 });
					expect([rank?.first, rank?.last]).toEqual([mine.first, mine.last]);
					expect(rank?.holds).toBe(places.filter((each) => each.first <= mine.last && each.last >= mine.first).length / weightings);
					expect(rank?.topHolds).toBe(places.filter((each) => each.first <= top === mine.first <= top).length / weightings);
					expect([rank?.best, rank?.worst]).toEqual([Math.min(mine.first, ...places.map((each) => each.first)), Math.max(mine.last, ...places.map((each) => each.last))]);
				}
			}),
			{ numRuns: 25 }
		);
	});
	it('does not depend on the order in which gaps come, nor on the scale of the weights, and is the same every time', () => {
		fc.assert(
			fc.property(fc.array(gap, { minLength: 2, maxLength: 12 }), (all) => {
				const ranks = rankGaps(all);
				expect(rankGaps(all)).toEqual(ranks);
				expect(rankGaps([...all].reverse()).reverse()).toEqual(ranks);
				expect(rankGaps(all, { severity: 2, people: 2, strength: 2, feasibility: 2 }).map((rank) => [rank?.first, rank?.holds])).toEqual(ranks.map((rank) => [rank?.first, rank?.holds]));
			}),
			{ numRuns: 30 }
		);
	});
	it('lets equal gaps share their place, which holds whatever the weights', () => {
		const same: Scores = { severity: 3, people: 3, strength: 3, feasibility: 3 };
		expect(rankGaps([same, same])).toEqual([1, 2].map(() => ({ priority: expect.closeTo(3), first: 1, last: 2, holds: 1, topHolds: 1, best: 1, worst: 2 })));
	});
	it('leaves out who cannot be ranked, and ranks one alone for certain', () => {
		expect(rankGaps([{ severity: null, people: 3, strength: 3, feasibility: 3 }, { severity: 1, people: null, strength: 2, feasibility: 2 }]).map((rank) => rank?.holds ?? null)).toEqual([null, 1]);
		expect(rankGaps([])).toEqual([]);
	});
	it('is certain where one gap is better in everything, and unsure where two are close and differ in kind', () => {
		const close: Scores[] = [{ severity: 5, people: 2, strength: 3, feasibility: 3 }, { severity: 2, people: 5, strength: 3, feasibility: 3.01 }];
		const [first] = rankGaps(close);
		expect(first?.holds).toBeGreaterThan(0.3);
		expect(first?.holds).toBeLessThan(0.7);
		const clear = rankGaps([{ severity: 5, people: 5, strength: 5, feasibility: 5 }, { severity: 1, people: 2, strength: 2, feasibility: 2 }]);
		expect(clear.map((rank) => rank?.holds)).toEqual([1, 1]);
	});
	it('tries weights evenly within a fifth on either side', () => {
		const all = tried();
		expect(all).toHaveLength(weightings);
		for (const component of components) {
			const values = all.map((each) => each[component]);
			expect(Math.min(...values)).toBeGreaterThanOrEqual(1 - swing);
			expect(Math.max(...values)).toBeLessThanOrEqual(1 + swing);
			expect(values.reduce((sum, each) => sum + each, 0) / weightings).toBeCloseTo(equalWeights[component], 1);
			expect(values.filter((each) => each < 0.9).length).toBeGreaterThan(180);
		}
		const next = steadyNumbers();
		expect(next()).toBe(steadyNumbers()());
	});
});
