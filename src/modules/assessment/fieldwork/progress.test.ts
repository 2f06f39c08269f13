import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { condensed, elapsedShare, progressElsewhere, progressOfPlace, standingOf, targetOfTeam, wholeTargets, within, type ProgressCount } from './progress.ts';
import type { Target } from './target.ts';

const days = Array.from({ length: 28 }, (_, i) => `2026-02-${String(i + 1).padStart(2, '0')}`);
const day = fc.constantFrom(...days);

describe('the share of a period that has gone by', () => {
	it('is what counting its days one by one gives', () => {
		fc.assert(
			fc.property(day, day, day, (a, b, today) => {
				const [from, to] = a <= b ? [a, b] : [b, a];
				const all = days.filter((each) => each >= from && each <= to);
				const gone = all.filter((each) => each <= today);
				expect(elapsedShare({ from, to }, today)).toBeCloseTo(gone.length / all.length, 12);
			})
		);
	});
	it('is not known without a first or a last day', () => {
		expect(elapsedShare({ from: null, to: '2026-02-01' }, '2026-01-01')).toBeNull();
		expect(elapsedShare({ from: '2026-02-01', to: null }, '2026-01-01')).toBeNull();
	});
});

describe('a standing', () => {
	const order = ['far-behind', 'behind', 'on-track', 'reached'];
	it('never gets worse by more answers, nor better by more days', () => {
		fc.assert(
			fc.property(fc.nat(200), fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (received, target, a, b) => {
				const rank = (count: number, share: number): number => order.indexOf(standingOf(count, target, share).standing);
				expect(rank(received + 1, a)).toBeGreaterThanOrEqual(rank(received, a));
				expect(rank(received, Math.min(a, b))).toBeGreaterThanOrEqual(rank(received, Math.max(a, b)));
			})
		);
	});
	it('is behind only from the first whole answer that should have come', () => {
		expect(standingOf(0, 10, 0.05)).toEqual({ expected: 0, standing: 'on-track' });
		expect(standingOf(4, 10, 0.5).standing).toBe('behind');
		expect(standingOf(2, 10, 0.5).standing).toBe('far-behind');
		expect(standingOf(10, 10, null).standing).toBe('reached');
		expect(standingOf(3, null, 0.5)).toEqual({ expected: null, standing: 'open' });
	});
});

/** A tree of places by their parents' numbers, each parent before its children. */
const trees = fc.array(fc.nat(6), { minLength: 1, maxLength: 8 }).map((parents) =>
	parents.reduce<{ id: string; parentId: string | null; path: string }[]>((all, parent, i) => {
		const above = i === 0 ? undefined : all[parent % i];
		return [...all, { id: `p${i}`, parentId: above?.id ?? null, path: above ? `${above.path}.p${i}` : `p${i}` }];
	}, [])
);
const counts = fc.array(
	fc.record({ place: fc.option(fc.nat(8)), team: fc.option(fc.nat(2)), choice: fc.constantFrom('', 'f', 'm'), day, received: fc.nat(5), flagged: fc.nat(2) }),
	{ maxLength: 12 }
);
const made = (rows: { place: number | null; team: number | null; choice: string; day: string; received: number; flagged: number }[]): ProgressCount[] =>
	rows.map(({ place, team, ...row }) => ({ ...row, placeId: place === null ? null : `p${place}`, teamId: team === null ? null : `t${team}`, approved: 0, hasIssues: 0, rejected: 0 }));

describe('the progress of a place', () => {
	it('counts every answer of the place and below it once, by walking up from each', () => {
		fc.assert(
			fc.property(trees, counts, (places, rows) => {
				const all = made(rows);
				const parent = new Map(places.map((place) => [place.id, place.parentId]));
				for (const top of places) {
					let expected = 0;
					for (const each of all) {
						for (let here = each.placeId; here !== null && parent.has(here); here = parent.get(here) ?? null) if (here === top.id) expected += each.received;
					}
					const ground = { inside: within(places), targetOf: () => null, targets: [], counts: condensed(all) };
					expect(progressOfPlace(top.id, '', ground, null).received).toBe(expected);
				}
				const covered = places[0] ? [places[0].id] : [];
				const whole = progressOfPlace('p0', '', { inside: within(places), targetOf: () => null, targets: [], counts: all }, null).received;
				expect(whole + progressElsewhere(covered, places, all).received).toBe(all.reduce((sum, each) => sum + each.received, 0));
			})
		);
	});
	it('names the newest day on which something came', () => {
		fc.assert(
			fc.property(counts, (rows) => {
				const all = made(rows.map((row) => ({ ...row, place: 0 })));
				const newest = all.filter((each) => each.received > 0).map((each) => each.day).sort().at(-1) ?? null;
				const places = [{ id: 'p0', parentId: null, path: 'p0' }];
				expect(progressOfPlace('p0', '', { inside: within(places), targetOf: () => null, targets: [], counts: condensed(all) }, null).newest).toBe(newest);
			})
		);
	});
});

describe('a target', () => {
	const target = (placeId: string, choice: string, wanted: number): Target => ({ placeId, choice, target: wanted });
	const places = [{ id: 'a', parentId: null }, { id: 'b', parentId: 'a' }, { id: 'c', parentId: 'a' }, { id: 'd', parentId: 'c' }];
	it('is the own one, else that of the choices, else that of the places inside', () => {
		const of = wholeTargets(places, [target('b', 'f', 3), target('b', 'm', 4), target('d', '', 5)]);
		expect(['a', 'b', 'c', 'd'].map(of)).toEqual([12, 7, 5, 5]);
		expect(wholeTargets(places, [target('a', '', 2), target('d', '', 5)])('a')).toBe(2);
		expect(wholeTargets(places, [])('a')).toBeNull();
	});
	it('of teams that share their places adds up to the places, save for rounding up', () => {
		fc.assert(
			fc.property(fc.array(fc.record({ team: fc.nat(3), place: fc.nat(3) }), { minLength: 1, maxLength: 10 }), fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 4, maxLength: 4 }), (pairs, wanted) => {
				const unique = [...new Map(pairs.map(({ team, place }) => [`${team}|${place}`, { teamId: `t${team}`, placeId: `p${place}` }])).values()];
				const of = (placeId: string): number | null => wanted[Number(placeId.slice(1))] ?? null;
				const teams = [...new Set(unique.map((each) => each.teamId))];
				const whole = [...new Set(unique.map((each) => each.placeId))].reduce((sum, each) => sum + (of(each) ?? 0), 0);
				const parts = teams.reduce((sum, each) => sum + (targetOfTeam(unique, each, of) ?? 0), 0);
				expect(parts).toBeGreaterThanOrEqual(whole);
				expect(parts).toBeLessThan(whole + teams.length);
			})
		);
	});
});
