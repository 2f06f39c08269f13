import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageFactor, caps, kindsOfEvidence, levelOf, strengthOf, type Piece } from './strength.ts';

const today = '2026-11-23';
const kinds = Object.keys(kindsOfEvidence);
const day = fc.option(fc.integer({ min: 0, max: 4000 }).map((ago) => new Date(Date.parse(today) - ago * 86_400_000).toISOString().slice(0, 10)), { nil: null });
const facts = fc.record({
	n: fc.integer({ min: 0, max: 5000 }), design: fc.constantFrom('sample', 'census', 'chosen', null), width: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
	joint: fc.boolean(), page: fc.boolean(), dated: fc.boolean(), kept: fc.boolean(), coded: fc.boolean(), agreed: fc.double({ min: 0, max: 1, noNaN: true })
});
let made = 0;
const piece: fc.Arbitrary<Piece> = fc.record({ kind: fc.constantFrom(...kinds), source: fc.constantFrom('a', 'b', 'c', 'd'), day, facts }).map((each) => ({ ...each, id: `p${made++}` }));
const pieces = fc.array(piece, { maxLength: 8 });

/** The same number, worked out the long way round: the chance that not every independent source is mistaken. */
function byHand(all: readonly Piece[]): number {
	const best: Record<string, number> = {};
	for (const each of all) best[each.source] = Math.max(best[each.source] ?? 0, (kindsOfEvidence[each.kind]?.weigh(each.facts) ?? 0) * ageFactor(each.day, today));
	let mistaken = 1;
	for (const weight of Object.values(best)) mistaken *= 1 - weight;
	const sides = new Set(all.flatMap((each) => kindsOfEvidence[each.kind]?.sidesOf(each.facts) ?? []));
	const most = Object.keys(best).length < 2 ? 0.6 : new Set(all.map((each) => each.kind)).size < 2 ? 0.75 : sides.size < 2 ? 0.9 : 1;
	return all.length === 0 ? 0 : Math.min(1 - mistaken, most);
}

describe('strength of evidence', () => {
	it('is what the rules in words come to', () => {
		fc.assert(fc.property(pieces, (all) => void expect(strengthOf(all, today).value).toBeCloseTo(byHand(all), 10)));
	});
	it('is never weakened by more evidence', () => {
		fc.assert(
			fc.property(pieces, piece, (all, more) => {
				const before = strengthOf(all, today);
				const after = strengthOf([...all, more], today);
				expect(after.value).toBeGreaterThanOrEqual(before.value - 1e-12);
				expect(after.level).toBeGreaterThanOrEqual(before.level);
			})
		);
	});
	it('does not depend on the order, nor on a piece being cited twice', () => {
		fc.assert(fc.property(pieces, (all) => void expect(strengthOf([...all].reverse().concat(all), today)).toEqual(strengthOf(all, today))));
	});
	it('grows with independence: the same piece from another source counts for at least as much as from the same', () => {
		fc.assert(
			fc.property(pieces, piece, (all, more) => {
				const first = all[0]?.source ?? 'a';
				const dependent = strengthOf([...all, { ...more, source: first }], today).value;
				expect(strengthOf([...all, { ...more, source: 'elsewhere' }], today).value).toBeGreaterThanOrEqual(dependent - 1e-12);
			})
		);
	});
	it('falls with age and never rises', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 500 }), (ago, later) => {
				const on = (days: number): string => new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);
				expect(ageFactor(on(ago + later), today)).toBeLessThanOrEqual(ageFactor(on(ago), today));
			})
		);
		expect([ageFactor('2025-11-23', today), ageFactor('2023-11-24', today), ageFactor(null, today), ageFactor('1990-01-01', today)]).toEqual([1, 0.5, 0.5, 0.3]);
	});
	it('lets a figure weigh the more the more were asked and the narrower its interval is', () => {
		const figure = kindsOfEvidence['figure'];
		for (const design of ['sample', 'chosen']) {
			fc.assert(fc.property(fc.nat(3000), fc.nat(3000), (n, more) => void expect(figure?.weigh({ n: n + more, design }) ?? 0).toBeGreaterThanOrEqual(figure?.weigh({ n, design }) ?? 1)));
		}
		expect(figure?.weigh({ n: 100, design: 'sample', width: 0.1 })).toBeGreaterThan(figure?.weigh({ n: 100, design: 'sample', width: 0.3 }) ?? 1);
	});
	it('says what holds it back: one source, one kind, one side', () => {
		const figure = (id: string, source: string, joint = false): Piece => ({ kind: 'figure', id, source, day: today, facts: { n: 900, design: 'census', joint } });
		const said: Piece = { kind: 'quotation', id: 'q', source: 'said', day: today, facts: {} };
		expect(strengthOf([], today)).toMatchObject({ value: 0, level: 0, cap: null });
		expect(strengthOf([figure('1', 'a')], today)).toMatchObject({ value: caps['one-source'], cap: 'one-source', level: 4 });
		expect(strengthOf([figure('1', 'a'), figure('2', 'b')], today)).toMatchObject({ value: caps['one-kind'], cap: 'one-kind' });
		expect(strengthOf([figure('1', 'a'), said], today)).toMatchObject({ value: caps['one-side'], cap: 'one-side' });
		expect(strengthOf([figure('1', 'a', true), said], today)).toMatchObject({ cap: null, level: 5 });
	});
	it('has five levels in fifths', () => {
		expect([0, 0.1, 0.2, 0.5, 0.6, 0.8, 1].map(levelOf)).toEqual([0, 1, 2, 3, 4, 5, 5]);
	});
	it('does not know what to make of a kind that is not listed, and leaves it out', () => {
		expect(strengthOf([{ kind: 'rumour', id: 'r', source: 'r', day: today, facts: {} }], today).value).toBe(0);
	});
});
