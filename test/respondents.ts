import type { Cell, FigureCells } from '#modules/assessment/figures/cells.ts';
import { simpleQuery } from '#modules/assessment/figures/figure.ts';
import type { Condition, Query, Split } from '#modules/assessment/figures/query.ts';
import type { Variable } from '#modules/assessment/figures/variables.ts';
import type { JudgedFigure, JudgeInput, Pattern } from '#modules/releases/judge/verdict.ts';
import { toldGroups } from './attacker.ts';

export const threshold = 5;
export const roundId = '01890000-0000-7000-8000-000000000001';

const variable = (path: string, kind: Variable['kind'], keys: string[] = []): Variable => ({
	path, kind, repeats: [], labels: {}, name: path, calculated: false, whole: kind === 'number', always: true, gate: [], required: false, options: keys.map((key) => ({ key, labels: {} }))
});
const variables = [variable('/sex', 'choice', ['f', 'm']), variable('/needs', 'choices', ['law', 'health', 'home']), variable('/age', 'number')];
const places = [
	{ id: 'R1', within: ['R1'] }, { id: 'R2', within: ['R2'] },
	{ id: 'd1', within: ['d1', 'R1'] }, { id: 'd2', within: ['d2', 'R1'] }, { id: 'd3', within: ['d3', 'R2'] }
];
export const ground = { variables, places, starts: {} };

/** Somebody who answered, as the tests know her: no code of the judge's is used to count her. */
export type Person = { sex: 'f' | 'm' | null; needs: readonly string[] | null; age: number | null; place: string; at: number };
const sexes = ['f', 'm', null] as const;
const needs = [null, [], ['law'], ['health'], ['home'], ['law', 'health'], ['law', 'home'], ['health', 'home'], ['law', 'health', 'home']];
const ages = [null, 12, 30, 60];
export const kinds: Person[] = sexes.flatMap((sex) => needs.flatMap((need) => ages.flatMap((age) => ['d1', 'd2', 'd3'].flatMap((place) => [10, 20].map((at): Person => ({ sex, needs: need, age, place, at }))))));
export const regionOf = (place: string): string => (place === 'd3' ? 'R2' : 'R1');

export function meets(who: Person, condition: Condition | null): boolean {
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

export type Test = (who: Person) => boolean;
const base = ({ query, cutOff }: Pick<JudgedFigure, 'query' | 'cutOff'>): Test => (who) => who.at <= cutOff && meets(who, query.where) && (query.base === 'asked' || answered(who, query.of));

export function figureOf(id: string, query: Query, cutOff: number, counts: readonly number[]): JudgedFigure {
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
	const { roundId: _round, ...asked } = query;
	return { id, query, cells, n: sizes.reduce((sum, size) => sum + size, 0), roundId: query.roundId, level: '', cutOff, asked: JSON.stringify(asked), returning: true };
}

/** What a reader learns of a figure: of whom, and how many. */
export function learned(figure: JudgedFigure, shown: Pick<Pattern, 'cells' | 'n'>): { test: Test; value: number | null }[] {
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

export const kindsOf = (test: Test): number[] => kinds.flatMap((who, i) => (test(who) ? [i] : []));

/** The groups told of, and what lies between two of them, whose small number is told all the same. */
export function told(known: readonly { test: Test; value: number | null }[]) {
	const published = known.map(({ test, value }) => ({ of: kindsOf(test), value }));
	return toldGroups(kinds.length, published, groupsAndDifferences(published.map(({ of }) => of)), threshold);
}

/** Every group told of, and what lies between two of which one holds the other. */
function groupsAndDifferences(groups: readonly (readonly number[])[]): number[][] {
	const members = groups.map((of) => new Set(of));
	const found = new Map<string, number[]>();
	const add = (set: Set<number>): void => void (set.size > 0 && found.set([...set].sort((a, b) => a - b).join(), [...set]));
	for (const outer of members) {
		add(outer);
		for (const inner of members) if (inner.size < outer.size && inner.isSubsetOf(outer)) add(outer.difference(inner));
	}
	return [...found.values()];
}

export const query = (of: string, more: Partial<Query> = {}): Query => simpleQuery(roundId, 'share', of, { bands: of === '/age' ? [18, 40] : [], ...more });
export const input = (figures: JudgedFigure[], earlier: JudgedFigure[] = []): JudgeInput => ({ unit: 'people', threshold, grounds: { [roundId]: ground }, figures, earlier });
export const onlyOf = (of: Record<string, number>): number[] => kinds.map((who) => of[[who.sex ?? '-', who.needs?.join('+') ?? '-', who.age ?? '-', who.place, who.at].join('/')] ?? 0);
export const asReleased = (figure: JudgedFigure, { cells, n }: Pattern): JudgedFigure => ({ ...figure, id: `before ${figure.id}`, cells, n });

export const bySex: Split[] = [{ by: 'answer', path: '/sex', bands: [] }];
export const byRegion: Split[] = [{ by: 'place', level: 'region' }];
