import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOn, covered, kappaOf, pooledKappa, together, without } from './kappa.ts';
import type { Span } from './text.ts';

const length = 60;
const span: fc.Arbitrary<Span> = fc.tuple(fc.nat(length + 5), fc.nat(length + 5)).filter(([a, b]) => a !== b).map(([a, b]) => ({ starts: Math.min(a, b), ends: Math.max(a, b) }));
const spans = fc.array(span, { maxLength: 6 });

/** The same from vectors of characters, one judgement each: slow, plain, and with nothing of the code under test. */
const vector = (of: readonly Span[]): boolean[] => Array.from({ length }, (_, at) => of.some(({ starts, ends }) => at >= starts && at < ends));
function oracle(first: readonly Span[], second: readonly Span[]) {
	const [a, b] = [vector(first), vector(second)];
	const count = (mine: boolean, hers: boolean): number => a.filter((coded, at) => coded === mine && b[at] === hers).length;
	const same = a.filter((coded, at) => coded === b[at]).length / length;
	const [yesA, yesB] = [a.filter(Boolean).length / length, b.filter(Boolean).length / length];
	const chance = yesA * yesB + (1 - yesA) * (1 - yesB);
	return { both: count(true, true), first: count(true, false), second: count(false, true), neither: count(false, false), kappa: chance === 1 ? null : (same - chance) / (1 - chance) };
}

describe('agreement of two coders on a code', () => {
	it('is what counting character by character gives, wherever passages overlap, touch or stand beyond the end', () => {
		fc.assert(
			fc.property(spans, spans, (first, second) => {
				const { kappa, ...cells } = oracle(first, second);
				const found = kappaOf(agreementOn(length, first, second));
				expect(found).toMatchObject(cells);
				if (kappa === null) expect(found.kappa).toBeNull();
				else expect(found.kappa).toBeCloseTo(kappa, 10);
			}),
			{ numRuns: 2000 }
		);
	});
	it('does not change when the coders change places', () => {
		fc.assert(fc.property(spans, spans, (first, second) => {
			const [there, back] = [kappaOf(agreementOn(length, first, second)), kappaOf(agreementOn(length, second, first))];
			expect(back.kappa === null ? null : back.kappa.toFixed(10)).toBe(there.kappa === null ? null : there.kappa.toFixed(10));
		}));
	});
	it('counts what neither marked as agreement: a published table of 20, 5, 10 and 15 gives 0.4', () => {
		expect(kappaOf({ both: 20, first: 5, second: 10, neither: 15 })).toMatchObject({ total: 50, agreed: 0.7, kappa: 0.4 });
		// Two who mark the same tenth of a long text, but for a tenth of that, agree nearly wholly.
		expect(kappaOf({ both: 90, first: 5, second: 5, neither: 900 }).kappa).toBeGreaterThan(0.93);
		// Without the uncoded it would be below zero.
		expect(kappaOf({ both: 90, first: 5, second: 5, neither: 0 }).kappa).toBeLessThan(0);
	});
	it('says nothing where chance alone explains it', () => {
		expect(kappaOf(agreementOn(length, [], [])).kappa).toBeNull();
		expect(kappaOf(agreementOn(length, [{ starts: 0, ends: length }], [{ starts: 0, ends: length }])).kappa).toBeNull();
		expect(kappaOf(agreementOn(0, [], [])).kappa).toBeNull();
		expect(kappaOf(agreementOn(length, [{ starts: 0, ends: 5 }], [])).kappa).toBe(0);
	});
	it('is summed over interviews as over one long text', () => {
		fc.assert(fc.property(spans, spans, spans, spans, (a, b, c, d) => {
			const moved = (of: Span[]): Span[] => covered(of, length).map(({ starts, ends }) => ({ starts: starts + length, ends: ends + length }));
			expect(together([agreementOn(length, a, b), agreementOn(length, c, d)])).toEqual(agreementOn(2 * length, [...covered(a, length), ...moved(c)], [...covered(b, length), ...moved(d)]));
		}));
	});
	it('is pooled by means, leaving out what neither used', () => {
		const one = kappaOf({ both: 20, first: 5, second: 10, neither: 15 });
		const unused = kappaOf({ both: 0, first: 0, second: 0, neither: 50 });
		expect(pooledKappa([one, unused])).toBeCloseTo(0.4, 10);
		expect(pooledKappa([unused])).toBeNull();
	});
	it('tells what one marked and the other did not', () => {
		fc.assert(fc.property(spans, spans, (first, second) => {
			const left = without(covered(first, length), covered(second, length));
			expect(vector(left)).toEqual(vector(first).map((coded, at) => coded && !vector(second)[at]));
		}));
	});
});
