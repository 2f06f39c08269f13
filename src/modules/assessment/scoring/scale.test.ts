import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaScore, openCriteria, readingsOf, scores, wholeScore, type Score, type Scored } from './scale.ts';

const score = fc.constantFrom<Score>(...scores);
const scored: fc.Arbitrary<Scored> = fc.record({ critical: fc.boolean(), score });
const area = fc.array(scored, { minLength: 1, maxLength: 12 });

/** The same rules said once more, in whole numbers and without the program's arithmetic: twelfths of a mean are compared as products. */
function slowly(criteria: readonly Scored[]) {
	let applicable = 0;
	let total = 0;
	let met = 0;
	let cap = 3;
	for (const one of criteria) {
		if (one.score === 'na') continue;
		applicable += 1;
		total += one.score;
		met += one.score === 3 ? 1 : 0;
		if (one.critical && one.score < cap) cap = one.score;
	}
	return { applicable, met, cappedTotal: Math.min(total, cap * applicable), cappedMet: Math.min(met * 3, cap * applicable) };
}

describe('the score of an area', () => {
	it('is what counting by hand comes to, capped by the worst critical criterion', () => {
		fc.assert(
			fc.property(area, (criteria) => {
				const got = areaScore(criteria);
				const expected = slowly(criteria);
				expect([got.applicable, got.met]).toEqual([expected.applicable, expected.met]);
				if (expected.applicable === 0) {
					expect([got.mean, got.cappedMean, got.share, got.cappedShare]).toEqual([null, null, null, null]);
					return;
				}
				expect(got.cappedMean).toBeCloseTo(expected.cappedTotal / expected.applicable, 12);
				expect(got.cappedShare).toBeCloseTo(expected.cappedMet / (3 * expected.applicable), 12);
			})
		);
	});
	it('does not move when a criterion that does not apply is added, critical or not', () => {
		fc.assert(
			fc.property(area, fc.boolean(), (criteria, critical) => {
				const { criteria: _, ...before } = areaScore(criteria);
				const { criteria: __, ...after } = areaScore([...criteria, { critical, score: 'na' }]);
				expect(after).toEqual(before);
			})
		);
	});
	it('never falls when one score rises, and does not depend on the order', () => {
		fc.assert(
			fc.property(area, fc.nat(), (criteria, at) => {
				const index = at % criteria.length;
				const one = criteria[index];
				expect(areaScore([...criteria].reverse()).cappedMean ?? -1).toBeCloseTo(areaScore(criteria).cappedMean ?? -1, 12);
				if (!one || one.score === 'na' || one.score === 3) return;
				const better = criteria.with(index, { critical: one.critical, score: scores[one.score + 1] ?? 3 });
				expect(areaScore(better).cappedMean ?? 0).toBeGreaterThanOrEqual((areaScore(criteria).cappedMean ?? 0) - 1e-12);
				expect(areaScore(better).cappedShare ?? 0).toBeGreaterThanOrEqual((areaScore(criteria).cappedShare ?? 0) - 1e-12);
			})
		);
	});
	it('is nothing at all where a critical criterion is absent, however good the rest', () => {
		const got = areaScore([{ critical: true, score: 0 }, ...Array.from({ length: 9 }, (): Scored => ({ critical: false, score: 3 }))]);
		expect([got.met, got.cappedMean, got.cappedShare]).toEqual([9, 0, 0]);
		expect(got.mean).toBeCloseTo(2.7, 12);
	});
});

describe('the score of a service', () => {
	it('weighs every area alike and leaves out what does not apply', () => {
		fc.assert(
			fc.property(fc.array(area, { minLength: 1, maxLength: 8 }), (areas) => {
				const got = wholeScore(areas.map(areaScore));
				const means = areas.map((criteria) => slowly(criteria)).flatMap(({ applicable, cappedTotal }) => (applicable === 0 ? [] : [cappedTotal / applicable]));
				if (means.length === 0) {
					expect(got.cappedMean).toBeNull();
					return;
				}
				expect(got.cappedMean).toBeCloseTo(means.reduce((a, b) => a + b, 0) / means.length, 9);
			})
		);
	});
});

describe('two readings', () => {
	const places = ['a', 'b', 'c', 'd'].map((criterion, i) => ({ criterion, area: i < 2 ? 'x' : 'y', critical: i === 0 }));
	const stands = fc.tuple(score, score);
	it('are one where there is no dissent, and each side reads its own where there is', () => {
		fc.assert(
			fc.property(fc.array(stands, { minLength: 4, maxLength: 4 }), (pairs) => {
				const settled = new Map(places.map(({ criterion }, i) => [criterion, { criterion, civil: pairs[i]?.[0] ?? 'na', authority: pairs[i]?.[1] ?? 'na' }] as const));
				const [whole, ...areas] = readingsOf(places, settled);
				expect(whole?.dissent).toBe(pairs.filter(([civil, authority]) => civil !== authority).length);
				expect(areas.map(({ area: code }) => code)).toEqual(['x', 'y']);
				for (const [at, each] of areas.entries()) {
					const own = [at * 2, at * 2 + 1];
					expect(each.civil).toEqual(areaScore(own.map((i) => ({ critical: i === 0, score: pairs[i]?.[0] ?? 'na' }))));
					expect(each.authority).toEqual(areaScore(own.map((i) => ({ critical: i === 0, score: pairs[i]?.[1] ?? 'na' }))));
				}
			})
		);
	});
});

describe('what is still open', () => {
	it('is what has no score, and a score without evidence; what does not apply needs none', () => {
		const sheet = new Map([
			['a', { score: 2, evidence: ['seen'] }], ['b', { score: 2, evidence: [] }], ['c', { score: 'na', evidence: [] }], ['d', { score: null, evidence: ['seen'] }], ['e', { score: 0, evidence: [] }]
		] as const);
		expect(openCriteria(['a', 'b', 'c', 'd', 'e', 'f'], sheet)).toEqual(['b', 'd', 'e', 'f']);
	});
});
