import fc from 'fast-check';
import loadHighs from 'highs';
import { describe, expect, it } from 'vitest';
import type { Cell, FigureCells } from '#modules/assessment/figures/cells.ts';
import { simpleQuery } from '#modules/assessment/figures/figure.ts';
import type { Condition, Query, Split } from '#modules/assessment/figures/query.ts';
import type { Variable } from '#modules/assessment/figures/variables.ts';
import { judge, type JudgedFigure, type JudgeInput, type Pattern } from './judge.ts';

const deep = process.env['HAMKOR_DEEP'] === '1';
const threshold = 5;
const roundId = '01890000-0000-7000-8000-000000000001';

const variable = (path: string, kind: Variable['kind'], keys: string[] = []): Variable => ({
	path, kind, repeats: [], labels: {}, name: path, calculated: false, options: keys.map((key) => ({ key, labels: {} }))
});
const variables = [variable('/sex', 'choice', ['f', 'm']), variable('/needs', 'choices', ['law', 'health', 'home']), variable('/age', 'number')];
const places = [
	{ id: 'R1', within: ['R1'] }, { id: 'R2', within: ['R2'] },
	{ id: 'd1', within: ['d1', 'R1'] }, { id: 'd2', within: ['d2', 'R1'] }, { id: 'd3', within: ['d3', 'R2'] }
];
const ground = { variables, places, starts: {} };

/** Somebody who answered, as the tests know her: no code of the judge's is used to count her. */
type Person = { sex: 'f' | 'm' | null; needs: readonly string[] | null; age: number | null; place: string; at: number };
const sexes = ['f', 'm', null] as const;
const needs = [null, [], ['law'], ['health'], ['home'], ['law', 'health'], ['law', 'home'], ['health', 'home'], ['law', 'health', 'home']];
const ages = [null, 12, 30, 60];
const kinds: Person[] = sexes.flatMap((sex) => needs.flatMap((need) => ages.flatMap((age) => ['d1', 'd2', 'd3'].flatMap((place) => [10, 20].map((at): Person => ({ sex, needs: need, age, place, at }))))));
const regionOf = (place: string): string => (place === 'd3' ? 'R2' : 'R1');

function meets(who: Person, condition: Condition | null): boolean {
	if (condition === null) return true;
	if ('all' in condition) return condition.all.every((each) => meets(who, each));
	if ('any' in condition) return condition.any.some((each) => meets(who, each));
	if ('not' in condition) return !meets(who, condition.not);
	if ('places' in condition) return condition.places.includes(who.place) || condition.places.includes(regionOf(who.place));
	if ('is' in condition) return condition.answer === '/sex' ? condition.is.includes(who.sex ?? '') : (who.needs ?? []).some((need) => condition.is.includes(need));
	if ('answer' in condition) return who.age !== null && who.age >= (condition.from ?? -Infinity) && who.age <= (condition.to ?? Infinity);
	throw new RangeError('not asked here');
}

const rowsOf = ({ of, anyOf }: Query): string[] => (anyOf ? ['@any'] : of === '/sex' ? ['f', 'm'] : of === '/needs' ? ['law', 'health', 'home'] : ['0', '1', '2']);
const bandOf = (age: number): string => (age < 18 ? '0' : age < 40 ? '1' : '2');
function inRow(who: Person, { of, anyOf }: Query, row: string): boolean {
	if (of === '/age') return who.age !== null && bandOf(who.age) === row;
	const said = of === '/sex' ? (who.sex === null ? [] : [who.sex]) : (who.needs ?? []);
	return anyOf ? said.some((key) => anyOf.includes(key)) : said.includes(row);
}
const answered = (who: Person, of: string): boolean => (of === '/sex' ? who.sex !== null : of === '/needs' ? who.needs !== null && who.needs.length > 0 : who.age !== null);
const groupsBy = ([split]: readonly Split[]): string[] => (!split ? [''] : split.by === 'place' ? ['R1', 'R2'] : split.by === 'answer' && split.path === '/sex' ? ['f', 'm'] : ['0', '1', '2']);
function inGroup(who: Person, [split]: readonly Split[], key: string): boolean {
	if (!split) return true;
	if (split.by === 'place') return regionOf(who.place) === key;
	return split.by === 'answer' && split.path === '/sex' ? who.sex === key : who.age !== null && bandOf(who.age) === key;
}

type Test = (who: Person) => boolean;
const base = ({ query, cutOff }: Pick<JudgedFigure, 'query' | 'cutOff'>): Test => (who) => who.at <= cutOff && meets(who, query.where) && (query.base === 'asked' || answered(who, query.of));

function figureOf(id: string, query: Query, cutOff: number, counts: readonly number[]): JudgedFigure {
	const count = (test: Test): number => kinds.reduce((sum, who, i) => sum + (test(who) ? (counts[i] ?? 0) : 0), 0);
	const within = base({ query, cutOff });
	const groups = groupsBy(query.splits);
	const sizes = groups.map((key) => count((who) => within(who) && inGroup(who, query.splits, key)));
	const cells: FigureCells = {
		series: groups.map((key, j) => ({ key, label: {}, base: { n: sizes[j] ?? 0, people: sizes[j] ?? 0, asked: 0, blank: 0, refused: 0, unusable: 0, notAsked: 0 } })),
		rows: rowsOf(query).map((key) => ({
			key, label: {},
			cells: groups.map((group, j): Cell => {
				const found = count((who) => within(who) && inRow(who, query, key) && inGroup(who, query.splits, group));
				return { count: found, share: sizes[j] ? found / sizes[j] : null };
			})
		}))
	};
	return { id, query, cells, n: sizes.reduce((sum, size) => sum + size, 0), roundId, level: '', cutOff };
}

/** What a reader learns of a figure: of whom, and how many. */
function learned(figure: JudgedFigure, shown: Pick<Pattern, 'cells' | 'n'>): { test: Test; value: number | null }[] {
	const { query } = figure;
	const within = base(figure);
	const groups = groupsBy(query.splits);
	const rows = rowsOf(query);
	const sizes = groups.map((_, j) => shown.cells.rows.map((row) => row.cells[j]).flatMap((cell) => (typeof cell === 'object' && cell.share !== null && cell.share > 0 ? [Math.round(cell.count / cell.share)] : []))[0] ?? null);
	return [
		...rows.flatMap((row, i) => groups.map((group, j) => {
			const cell = shown.cells.rows[i]?.cells[j];
			return { test: (who: Person) => within(who) && inRow(who, query, row) && inGroup(who, query.splits, group), value: typeof cell === 'object' ? cell.count : null };
		})),
		...groups.map((group, j) => ({ test: (who: Person) => within(who) && inGroup(who, query.splits, group), value: sizes[j] ?? null })),
		{ test: (who) => within(who) && groups.some((group) => inGroup(who, query.splits, group)), value: shown.n }
	];
}

let solver: ReturnType<typeof loadHighs> | undefined;
/** The attacker: an unknown for every kind of person there can be. */
async function placed(known: readonly { test: Test; value: number | null }[], target: Test): Promise<{ low: number; high: number }> {
	const highs = await (solver ??= loadHighs());
	const sum = (test: Test): string => kinds.flatMap((who, i) => (test(who) ? [`x${i}`] : [])).join(' + ');
	const rows = known.flatMap(({ test, value }, i) => (value === null || sum(test) === '' ? [] : [`c${i}: ${sum(test)} = ${value}`]));
	const bounds = kinds.map((_, i) => `0 <= x${i} <= 2000`).join('\n');
	const solve = (way: string): number => highs.solve(`${way}\nobj: ${sum(target)}\nSubject To\n${rows.join('\n') || 'c: x0 >= 0'}\nBounds\n${bounds}\nEnd`, { output_flag: false }).ObjectiveValue;
	return { low: Math.ceil(solve('Minimize') - 1e-6), high: Math.floor(solve('Maximize') + 1e-6) };
}
const isTold = ({ low, high }: { low: number; high: number }): boolean => high >= 1 && low < threshold && high - low < threshold;

/** Every group told of, and what lies between two of which one holds the other. */
function groupsAndDifferences(tests: readonly Test[]): Test[] {
	const members = tests.map((test) => new Set(kinds.flatMap((who, i) => (test(who) ? [i] : []))));
	const found = new Map<string, Set<number>>();
	const add = (set: Set<number>): void => void (set.size > 0 && found.set([...set].sort((a, b) => a - b).join(), set));
	for (const outer of members) {
		add(outer);
		for (const inner of members) if (inner.size < outer.size && inner.isSubsetOf(outer)) add(outer.difference(inner));
	}
	return [...found.values()].map((set) => (who: Person) => set.has(kinds.indexOf(who)));
}

const query = (of: string, more: Partial<Query> = {}): Query => simpleQuery(roundId, 'share', of, { bands: of === '/age' ? [18, 40] : [], ...more });
const input = (figures: JudgedFigure[], earlier: JudgedFigure[] = []): JudgeInput => ({ unit: 'people', threshold, grounds: { [roundId]: ground }, figures, earlier });
const onlyOf = (of: Record<string, number>): number[] => kinds.map((who) => of[[who.sex ?? '-', who.needs?.join('+') ?? '-', who.age ?? '-', who.place, who.at].join('/')] ?? 0);
const asReleased = (figure: JudgedFigure, { cells, n }: Pattern): JudgedFigure => ({ ...figure, id: `before ${figure.id}`, cells, n });

const bySex: Split[] = [{ by: 'answer', path: '/sex', bands: [] }];
const byRegion: Split[] = [{ by: 'place', level: 'region' }];

describe('figures published together', () => {
	it('hold back a small cell and what would give it away, in all of them', async () => {
		const counts = onlyOf({ 'f/law/30/d1/10': 40, 'm/law/30/d1/10': 3, 'f/health/30/d3/10': 20, 'm/health/30/d3/10': 15, 'm/home/30/d3/10': 8 });
		const figures = [figureOf('a', query('/sex'), 10, counts), figureOf('b', query('/sex', { splits: byRegion }), 10, counts)];
		const verdict = await judge(input(figures));
		expect('patterns' in verdict && verdict.patterns[1]?.cells.rows[1]?.cells[0]).toBe('withheld');
		expect('patterns' in verdict && verdict.patterns.map(({ small }) => small)).toEqual([0, 1]);
		if (!('patterns' in verdict)) return;
		const known = figures.flatMap((figure, i) => learned(figure, verdict.patterns[i] ?? { cells: figure.cells, n: null }));
		for (const group of groupsAndDifferences(known.map(({ test }) => test))) expect(isTold(await placed(known, group))).toBe(false);
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
		for (const group of groupsAndDifferences(known.map(({ test }) => test))) expect(isTold(await placed(known, group))).toBe(false);
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

	it('tell an attacker who writes down every kind of person no small group, whatever was asked before', async () => {
		const filters: (Condition | null)[] = [
			null, null, { answer: '/sex', is: ['f'] }, { answer: '/age', from: 18 }, { answer: '/age', to: 17 }, { places: ['R1'] }, { places: ['d2', 'R2'] }, { answer: '/needs', is: ['law', 'home'] },
			{ any: [{ answer: '/sex', is: ['f'] }, { answer: '/age', to: 17 }] }, { not: { answer: '/sex', is: ['m'] } }, { all: [{ answer: '/sex', is: ['m'] }, { places: ['R1'] }] }
		];
		const asked = fc.record({
			of: fc.constantFrom('/sex', '/needs', '/age'), where: fc.constantFrom(...filters), base: fc.constantFrom('answered' as const, 'asked' as const),
			splits: fc.constantFrom<Split[]>([], [], bySex, byRegion, [{ by: 'answer', path: '/age', bands: [18, 40] }]), any: fc.boolean(), measure: fc.constantFrom('count' as const, 'share' as const), at: fc.constantFrom(10, 20)
		}).map(({ any, of, at, ...more }) => ({ at, query: query(of, { ...more, anyOf: any && of === '/needs' ? ['law', 'health'] : null }) }));
		const population = fc.array(fc.tuple(fc.nat(kinds.length - 1), fc.oneof(fc.nat(3), fc.nat(25))), { minLength: 4, maxLength: 14 });
		const seen = { cells: 0, held: 0, refused: 0 };
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
				const groups = groupsAndDifferences(known.map(({ test }) => test));
				for (const group of groups) expect(isTold(await placed(known, group)), JSON.stringify({ people, releases })).toBe(false);
			}),
			{ numRuns: deep ? 300 : 6, ...(deep ? {} : { seed: 5 }) }
		);
		expect(seen.held).toBeGreaterThan(0);
	}, 1_800_000);
});
