import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simpleQuery } from '#modules/assessment/figures/figure.ts';
import type { Condition, Split } from '#modules/assessment/figures/query.ts';
import { deep } from '../../../../test/deep.ts';
import type { Test } from '../../../../test/respondents.ts';
import { asReleased, byRegion, bySex, figureOf, input, kinds, learned, onlyOf, query, roundId, told } from '../../../../test/respondents.ts';
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
		const filters: (Condition | null)[] = [
			null, null, { answer: '/sex', is: ['f'] }, { answer: '/age', from: 18 }, { answer: '/age', to: 17 }, { places: ['R1'] }, { places: ['d2', 'R2'] }, { answer: '/needs', is: ['law', 'home'] },
			{ any: [{ answer: '/sex', is: ['f'] }, { answer: '/age', to: 17 }] }, { not: { answer: '/sex', is: ['m'] } }, { all: [{ answer: '/sex', is: ['m'] }, { places: ['R1'] }] }
		];
		const asked = fc.record({
			of: fc.constantFrom('/sex', '/needs', '/age'), where: fc.constantFrom(...filters), base: fc.constantFrom('answered' as const, 'asked' as const),
			splits: fc.constantFrom<Split[]>([], [], bySex, byRegion, [{ by: 'answer', path: '/age', bands: [18, 40] }]), any: fc.boolean(), measure: fc.constantFrom('count' as const, 'share' as const), at: fc.constantFrom(10, 20)
		}).map(({ any, of, at, ...more }) => ({ at, query: query(of, { ...more, anyOf: any && of === '/needs' ? ['law', 'health'] : null }) }));
		const population = fc.array(fc.tuple(fc.nat(kinds.length - 1), fc.oneof(fc.nat(3), fc.nat(25))), { minLength: 4, maxLength: 14 });
		const seen = { sequences: 0, cells: 0, held: 0, refused: 0 };
		await fc.assert(
			fc.asyncProperty(population, fc.array(fc.array(asked, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }), async (people, releases) => {
				const counts = kinds.map((_, i) => people.reduce((sum, [kind, many]) => sum + (kind === i ? many : 0), 0));
				const earlier: JudgedFigure[] = [];
				const known: { test: Test; value: number | null }[] = [];
				for (const [r, release] of releases.entries()) {
					const figures = release.map(({ query: of, at }, i) => figureOf(`${r}-${i}`, of, at, counts));
					const verdict = await judge(input(figures, earlier));
					if (!('patterns' in verdict)) {
						expect(verdict.refused).toBe('figure.no-pattern');
						seen.refused += 1;
						continue;
					}
					figures.forEach((figure, i) => {
						const pattern = verdict.patterns[i];
						if (!pattern) throw new Error('a figure without a pattern');
						seen.cells += pattern.of;
						seen.held += pattern.held;
						earlier.push(asReleased(figure, pattern));
						known.push(...learned(figure, pattern));
					});
				}
				seen.sequences += 1;
				expect(await told(known), JSON.stringify({ people, releases })).toEqual([]);
			}),
			{ numRuns: deep ? 300 : 6, endOnFailure: deep, ...(deep ? {} : { seed: 5 }) }
		);
		await annotate(`${seen.sequences} sequences of up to three releases: ${seen.held} of ${seen.cells} cells held back, ${seen.refused} releases refused, nobody told`);
		expect(seen.held).toBeGreaterThan(0);
	}, 1_800_000);
});
