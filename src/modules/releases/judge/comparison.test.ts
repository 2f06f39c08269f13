import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell, FigureCells } from '#modules/assessment/figures/cells.ts';
import type { Mapping } from '#modules/assessment/figures/mapping.ts';
import { deep } from '../../../../test/deep.ts';
import { bySex, ground, input, kinds, onlyOf, query, roundId as laterId, told, type Person, type Test } from '../../../../test/respondents.ts';
import { exactSizes, sidesOf, withSidesTogether } from './comparison.ts';
import { judge } from './judge.ts';
import type { JudgedFigure, Verdict } from './verdict.ts';

const earlierId = '01890000-0000-7000-8000-000000000002';
const names = ['earlier', 'later'] as const;
type Name = (typeof names)[number];

/** The earlier round asked for law and health apart; both are taken together. */
const needs: Mapping = {
	id: null, earlierPath: '/needs', laterPath: '/needs', kind: 'merged', scale: null,
	choices: [{ key: 'help', label: {}, earlier: ['law', 'health'], later: ['law', 'health'] }, { key: 'home', label: {}, earlier: ['home'], later: ['home'] }]
};
const sex: Mapping = { id: null, earlierPath: '/sex', laterPath: '/sex', kind: 'same', scale: null, choices: ['f', 'm'].map((key) => ({ key, label: {}, earlier: [key], later: [key] })) };

const inRow: Readonly<Record<string, Test>> = {
	help: (who) => who.needs?.some((need) => need !== 'home') ?? false,
	home: (who) => who.needs?.includes('home') ?? false
};
const groups: Readonly<Record<string, Test>> = { f: (who) => who.sex === 'f', m: (who) => who.sex === 'm' };
const isIn = (who: Person): boolean => who.at <= 10 && (who.needs?.length ?? 0) > 0;

/** A comparison of two rounds as a figure is counted: of each group the earlier and the later column. */
function counted(people: Readonly<Record<Name, readonly number[]>>, split: boolean): FigureCells {
	const count = (name: Name, test: Test): number => kinds.reduce((sum, who, i) => sum + (isIn(who) && test(who) ? (people[name][i] ?? 0) : 0), 0);
	const columns = (split ? ['f', 'm'] : ['']).flatMap((group) => names.map((name) => ({ group, name, of: groups[group] ?? (() => true) })));
	const shareOf = (column: (typeof columns)[number], row: Test): number => count(column.name, (who) => column.of(who) && row(who));
	return {
		series: columns.map(({ group, name, of }) => {
			const n = count(name, of);
			const parts = [...(group === '' ? [] : [{ key: group, label: {} }]), { key: `@${name}`, label: {} }];
			return { key: `${group}@${name}`, label: {}, parts, base: { n, people: n, asked: n, blank: 0, refused: 0, unusable: 0, notAsked: 0 } };
		}),
		rows: Object.entries(inRow).map(([key, row]) => {
			const cells = columns.map((column): Cell => {
				const [found, n] = [shareOf(column, row), count(column.name, column.of)];
				return { count: found, share: n === 0 ? null : found / n };
			});
			const share = (cell: Cell | undefined): number => (typeof cell === 'object' ? (cell.share ?? 0) : 0);
			return { key, label: {}, cells, differences: cells.flatMap((cell, j) => (j % 2 === 1 ? [{ value: share(cell) - share(cells[j - 1]) }] : [])) };
		})
	};
}

/** Judges a comparison, drawn by chance or not. */
async function judged(people: Readonly<Record<Name, readonly number[]>>, { split = false, returning = false, earlier = [] }: { split?: boolean; returning?: boolean; earlier?: JudgedFigure[] } = {}): Promise<{ verdict: Verdict; cells: FigureCells }> {
	const cells = counted(people, split);
	const asked = query('/needs', { splits: split ? bySex : [] });
	const sides = sidesOf({ id: 'F', query: asked, cells, sizes: exactSizes(cells), comparedRoundId: earlierId, mappings: [needs, ...(split ? [sex] : [])] });
	const figures = sides.map((side): JudgedFigure => ({ ...side, level: '', cutOff: 10, asked: 'needs', returning }));
	const verdict = await judge({ ...input(figures, earlier), grounds: { [laterId]: ground, [earlierId]: ground } });
	return { cells, verdict: withSidesTogether(verdict, new Map([['F', { cells, measure: 'share' }]])) };
}

/** What a reader learns of one of the two rounds. */
function learned(verdict: Verdict, name: Name, split: boolean): { test: Test; value: number | null }[] {
	const pattern = 'patterns' in verdict ? verdict.patterns[0] : undefined;
	if (!pattern) throw new Error('nothing was published');
	const { cells, n, nEarlier } = pattern;
	const size = n === null || nEarlier == null ? null : name === 'earlier' ? nEarlier : n - nEarlier;
	const of = (split ? ['f', 'm'] : ['']).map((group) => ({ group: groups[group] ?? (() => true), column: cells.series.findIndex(({ key }) => key === `${group}@${name}`) }));
	return [
		{ test: (who) => isIn(who) && of.some(({ group }) => group(who)), value: size },
		...of.flatMap(({ group, column }) =>
			cells.rows.flatMap((row) => {
				const cell = row.cells[column];
				const shown = typeof cell === 'object' ? cell : null;
				const base = shown?.share ? Math.round(shown.count / shown.share) : null;
				return [
					{ test: (who: Person) => isIn(who) && group(who) && (inRow[row.key]?.(who) ?? false), value: shown?.count ?? null },
					{ test: (who: Person) => isIn(who) && group(who), value: base }
				];
			})
		)
	];
}

describe('a comparison of two rounds', () => {
	const many = { 'f/law/30/d1/10': 30, 'f/home/30/d1/10': 25, 'm/health/30/d1/10': 20 };
	it('shows both rounds, how many each is about, and the changes', async () => {
		const { verdict } = await judged({ earlier: onlyOf(many), later: onlyOf({ ...many, 'f/law/30/d1/10': 45 }) });
		expect(verdict).toMatchObject({ patterns: [{ id: 'F', held: 0, n: 165, nEarlier: 75 }] });
		expect('patterns' in verdict && verdict.patterns[0]?.cells.rows.map((row) => row.differences?.[0]?.value.toFixed(3))).toEqual(['0.056', '-0.056']);
	});

	it('shows no change where one of its two cells is held back', async () => {
		const few = { ...many, 'f/home/30/d1/10': 3 };
		const { verdict } = await judged({ earlier: onlyOf(few), later: onlyOf(many) });
		if (!('patterns' in verdict)) throw new Error('nothing was published');
		const [pattern] = verdict.patterns;
		expect(pattern?.cells.rows[1]?.cells[0]).toBe('withheld');
		expect(pattern?.cells.rows[1]?.differences).toEqual([null]);
		expect(pattern?.small).toBe(1);
		expect(JSON.stringify(pattern)).not.toContain('"count":3,');
	});

	it('holds back a small change where the same people may have been counted in both rounds, and shows it where they were drawn by chance', async () => {
		const people = { earlier: onlyOf(many), later: onlyOf({ ...many, 'f/law/30/d1/10': 32 }) };
		expect((await judged(people)).verdict).toMatchObject({ patterns: [{ held: 0 }] });
		const { verdict } = await judged(people, { returning: true });
		expect(verdict).toMatchObject({ patterns: [{ n: null, cells: { rows: [{ cells: [{ count: 50 }, 'withheld'], differences: [null] }, { cells: [{ count: 25 }, expect.anything()] }] } }] });
	});

	it('is judged beside what was published of one of its rounds alone', async () => {
		const people = { earlier: onlyOf(many), later: onlyOf({ ...many, 'f/law/30/d1/10': 45 }) };
		const cells: FigureCells = { series: [{ key: '', label: {} }], rows: [{ key: 'home', label: {}, cells: [{ count: 22, share: null }] }] };
		const women: JudgedFigure = { id: 'R-1 W', roundId: earlierId, level: '', cutOff: 10, asked: 'women', returning: false, cells, n: null, query: query('/needs', { measure: 'count', where: { answer: '/sex', is: ['f'] } }) };
		const { verdict } = await judged(people, { earlier: [women] });
		// Three in the earlier round who need a home are no women.
		expect(verdict).toMatchObject({ patterns: [{ cells: { rows: [expect.anything(), { cells: ['withheld', { count: 25 }] }] } }] });
	});

	it('tells an attacker who writes down every kind of person no small group of either round', async () => {
		const population = fc.array(fc.tuple(fc.nat(kinds.length - 1), fc.oneof(fc.nat(3), fc.nat(25))), { minLength: 4, maxLength: 14 })
			.map((people) => kinds.map((_, i) => people.reduce((sum, [kind, count]) => sum + (kind === i ? count : 0), 0)));
		const seen = { held: 0 };
		await fc.assert(
			fc.asyncProperty(population, population, fc.boolean(), fc.boolean(), async (earlier, later, split, returning) => {
				const { verdict } = await judged({ earlier, later }, { split, returning });
				if (!('patterns' in verdict)) return expect(verdict.refused).toBe('figure.no-pattern');
				seen.held += verdict.patterns[0]?.held ?? 0;
				for (const name of names) expect(await told(learned(verdict, name, split)), JSON.stringify({ name, earlier, later })).toEqual([]);
			}),
			{ numRuns: deep ? 300 : 20, seed: 11 }
		);
		expect(seen.held).toBeGreaterThan(0);
	}, 900_000);
});
