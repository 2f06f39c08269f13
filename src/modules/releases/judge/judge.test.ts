import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simpleQuery } from '#modules/assessment/figures/figure.ts';
import type { Condition } from '#modules/assessment/figures/query.ts';
import { deep } from '../../../../test/deep.ts';
import { anySequence, playOut, saidOf, type Seen } from '../../../../test/release-sequences.ts';
import { asReleased, byRegion, bySex, figureOf, input, learned, onlyOf, query, roundId, told } from '../../../../test/respondents.ts';
import { judge } from './judge.ts';
import type { JudgedFigure } from './verdict.ts';

describe('figures published together', () => {
	it('hold back a small cell and what would give it away, in all of them', async () => {
		const counts = onlyOf({ 'f/law/30/d1/10': 40, 'm/law/30/d1/10': 3, 'f/health/30/d3/10': 20, 'm/health/30/d3/10': 15, 'm/home/30/d3/10': 8 });
		const figures = [figureOf('a', query('/sex'), 10, counts), figureOf('b', query('/sex', { splits: byRegion }), 10, counts)];
		const verdict = await judge(input(figures));
		expect('patterns' in verdict && verdict.patterns[1]?.cells.rows[1]?.cells[0]).toBe('withheld');
		expect('patterns' in verdict && verdict.patterns.map(({ small }) => small)).toEqual([0, 1]);
		if (!('patterns' in verdict)) return;
		const known = figures.flatMap((figure, i) => learned(figure, verdict.patterns[i] ?? { cells: figure.cells, n: null }));
		expect(await told(known)).toEqual([]);
	});

	it('hold back more when they are counted again after a few have come in', async () => {
		const counts = onlyOf({ 'f/law/30/d1/10': 40, 'm/law/30/d1/10': 30, 'f/law/30/d1/20': 2, 'm/law/30/d1/20': 9 });
		const first = figureOf('a', query('/sex'), 10, counts);
		const before = await judge(input([first]));
		if (!('patterns' in before) || !before.patterns[0]) throw new Error('nothing was published');
		expect(before.patterns[0].held).toBe(0);
		const again = figureOf('b', query('/sex'), 20, counts);
		expect(await judge(input([again]))).toMatchObject({ patterns: [{ held: 0 }] });
		const later = await judge(input([again], [asReleased(first, before.patterns[0])]));
		if (!('patterns' in later) || !later.patterns[0]) throw new Error('nothing was published');
		expect(later.patterns[0].held).toBeGreaterThan(0);
		expect(later.unguarded.together).toBeGreaterThan(0);
		const known = [...learned(first, before.patterns[0]), ...learned(again, later.patterns[0])];
		expect(await told(known)).toEqual([]);
	});

	it('are judged apart, and still not a few people apart, where answers were changed in between', async () => {
		const first = figureOf('a', query('/sex'), 10, onlyOf({ 'f/law/30/d1/10': 40, 'm/law/30/d1/10': 30 }));
		const again = figureOf('b', query('/sex'), 20, onlyOf({ 'f/law/30/d1/10': 38, 'm/law/30/d1/10': 30, 'm/law/30/d1/20': 12 }));
		const verdict = await judge(input([again], [first]));
		expect(verdict).toMatchObject({ patterns: [{ cells: { rows: [{ cells: ['withheld'] }, { cells: [expect.anything()] }] } }] });
	});

	it('are refused where a filter cannot be told apart from others', async () => {
		const counts = onlyOf({ 'f/law/30/d1/10': 40 });
		const entangled: Condition = { any: [{ answer: '/unknown', is: ['x'] }, { answer: '/sex', is: ['f'] }] };
		expect(await judge(input([figureOf('a', query('/sex', { where: entangled }), 10, counts.map(() => 0))].map((figure) => ({ ...figure, n: 0 }))))).toMatchObject({ refused: 'figure.entangled' });
	});

	it('do not go out as sums when there are numbers below zero, and hold back a mean that one person makes', async () => {
		const mean = (least: number, largest: number[], value: number): JudgedFigure => ({
			...figureOf('a', simpleQuery(roundId, 'mean', '/age', { splits: bySex }), 10, onlyOf({})), n: 40,
			cells: {
				series: ['f', 'm'].map((key) => ({ key, label: {}, base: { n: 20, people: 20, asked: 20, blank: 0, refused: 0, unusable: 0, notAsked: 0, least, largest } })),
				rows: [{ key: '@value', label: {}, cells: [{ count: 20, share: null, value }, { count: 20, share: null, value: 30 }] }]
			}
		});
		expect(await judge(input([mean(-3, [40, 30], 30)]))).toMatchObject({ refused: 'figure.below-zero' });
		expect(await judge(input([mean(0, [40, 30], 30)]))).toMatchObject({ patterns: [{ held: 0 }] });
		expect(await judge(input([mean(0, [590, 5], 30)]))).toMatchObject({ patterns: [{ cells: { rows: [{ cells: ['withheld', expect.anything()] }] } }] });
	});

	it('tell an attacker who writes down every kind of person no small group, whatever was asked before', async ({ annotate }) => {
		const seen: Seen = { sequences: 0, cells: 0, held: 0, refused: 0 };
		await fc.assert(
			fc.asyncProperty(anySequence(() => true), async (sequence) => void expect(await playOut(sequence, seen), JSON.stringify(sequence)).toEqual([])),
			{ numRuns: deep ? 300 : 6, endOnFailure: deep, ...(deep ? {} : { seed: 5 }) }
		);
		await annotate(saidOf(seen));
		expect(seen.held).toBeGreaterThan(0);
	}, 1_800_000);
});
