import fc from 'fast-check';
import loadHighs from 'highs';
import { describe, expect, it } from 'vitest';
import { attackSchema, protectSchema, type PublishedTable } from './document.ts';
import { cliquesOf } from './joint.ts';
import { attack, protect, Unprotectable } from './release.ts';

const deep = process.env['HAMKOR_DEEP'] === '1';
const format = 'hamkor-disclosure-1';
const threshold = 5;

/** Who is asked: everybody belongs to one code of each dimension. */
const dimensions = [
	{ name: 'sex', codes: ['f', 'm', 'x'] },
	{ name: 'age', codes: ['young', 'old'] },
	{ name: 'place', codes: ['p', 'q'] }
];
const codesOf = (name: string): string[] => dimensions.find((each) => each.name === name)?.codes ?? [];
const people = dimensions[0]?.codes.flatMap((sex) => codesOf('age').flatMap((age) => codesOf('place').map((place) => ({ sex, age, place })))) ?? [];
type Person = Record<string, string>;

/** What a table asks: by which dimensions, and only of whom. */
type Asked = { dimensions: string[]; where: Record<string, string[]> };
const cross = (lists: readonly (readonly string[])[]): string[][] => lists.reduce<string[][]>((all, list) => all.flatMap((at) => list.map((code) => [...at, code])), [[]]);
const isIn = (who: Person, { dimensions: of, where }: Asked, at: readonly string[]): boolean =>
	of.every((name, d) => at[d] === '*' || at[d] === who[name]) && Object.entries(where).every(([name, codes]) => codes.includes(who[name] ?? ''));
const count = (counts: readonly number[], asked: Asked, at: readonly string[]): number => people.reduce((sum, who, i) => sum + (isIn(who, asked, at) ? (counts[i] ?? 0) : 0), 0);
const tableOf = (id: string, counts: readonly number[], asked: Asked) => ({
	id, ...asked, cells: cross(asked.dimensions.map(codesOf)).map((at) => ({ at, value: count(counts, asked, at) }))
});

let solver: ReturnType<typeof loadHighs> | undefined;

/**
 * An attacker of its own: one unknown for every kind of person there can be, one equation for every published number, a linear
 * programme written as text. Shares nothing with what it attacks but the solver.
 */
async function placed(published: readonly { asked: Asked; at: readonly string[]; value: number | null }[], target: (who: Person) => boolean): Promise<{ low: number; high: number }> {
	const highs = await (solver ??= loadHighs());
	const sum = (test: (who: Person) => boolean): string => people.flatMap((who, i) => (test(who) ? [`x${i}`] : [])).join(' + ');
	const rows = published.flatMap(({ asked, at, value }, i) => (value === null ? [] : [`c${i}: ${sum((who) => isIn(who, asked, at))} = ${value}`]));
	const solve = (way: string): number => highs.solve(`${way}\nobj: ${sum(target)}\nSubject To\n${rows.join('\n') || 'c: x0 >= 0'}\nBounds\n${people.map((_, i) => `0 <= x${i} <= 1000`).join('\n')}\nEnd`, { output_flag: false }).ObjectiveValue;
	return { low: Math.ceil(solve('Minimize') - 1e-6), high: Math.floor(solve('Maximize') + 1e-6) };
}

/** Every group that a table's dimensions tell apart, its filter's among them. */
const groupsOf = (asked: Asked[]): ((who: Person) => boolean)[] =>
	asked.flatMap(({ dimensions: of, where }) => {
		const names = [...of, ...Object.keys(where)];
		return cross(names.map((name) => ['*', ...codesOf(name)])).map((at) => (who: Person) => names.every((name, d) => at[d] === '*' || at[d] === who[name]));
	});
const isTold = ({ low, high }: { low: number; high: number }): boolean => high >= 1 && low < threshold && high - low < threshold;

/** Releases one after the other, each protected beside all earlier ones; what cannot be protected is not released. */
async function released(counts: readonly number[], releases: readonly (readonly Asked[])[]) {
	const earlier: { release: string; dimensions: typeof dimensions; tables: PublishedTable[] }[] = [];
	const out: { asked: Asked; at: readonly string[]; value: number | null }[] = [];
	let refused = 0;
	for (const [r, asked] of releases.entries()) {
		try {
			const tables = asked.map((each, i) => tableOf(`${r}-${i}`, counts, each));
			const { tables: shown } = await protect(protectSchema.parse({ format, dimensions, tables, earlier }));
			earlier.push({ release: `R-${r}`, dimensions, tables: shown });
			shown.forEach((table, i) => table.cells.forEach(({ at, value }) => out.push({ asked: asked[i] ?? { dimensions: [], where: {} }, at, value })));
		} catch (error) {
			if (!(error instanceof Unprotectable)) throw error;
			refused += 1;
		}
	}
	return { earlier, out, refused };
}

const at = (of: Partial<Record<string, number>>): number[] => people.map((who) => of[`${who.sex}/${who.age}/${who.place}`] ?? 0);

describe('tables of the same people', () => {
	it('do not let three filters be subtracted from the whole', async () => {
		const counts = at({ 'f/young/p': 40, 'm/young/p': 40, 'x/young/p': 2 });
		const by = (sex?: string): Asked => ({ dimensions: ['place'], where: sex ? { sex: [sex] } : {} });
		const plainly = ['', 'f', 'm'].map((sex) => tableOf(`T${sex}`, counts, by(sex || undefined)));
		expect(await attack(attackSchema.parse({ format, dimensions, tables: plainly }))).toMatchObject({ safe: false });
		const { out } = await released(counts, [[by()], [by('f')], [by('m')]]);
		expect(isTold(await placed(out, (who) => who['sex'] === 'x'))).toBe(false);
		expect(out.filter(({ value }) => value === null).length).toBeGreaterThan(0);
	});

	it('do not let a filter of two questions be subtracted from the whole', async () => {
		const counts = at({ 'f/old/p': 57, 'f/old/q': 40, 'm/young/p': 1, 'f/young/q': 2 });
		const everybody: Asked = { dimensions: ['place'], where: {} };
		const oldWomen: Asked = { dimensions: [], where: { sex: ['f'], age: ['old'] } };
		const plainly = [everybody, oldWomen].map((asked, i) => tableOf(`T${i}`, counts, asked));
		expect(await attack(attackSchema.parse({ format, dimensions, tables: plainly }))).toMatchObject({ safe: false });
		const { out } = await released(counts, [[everybody], [oldWomen]]);
		expect(isTold(await placed(out, (who) => who['sex'] !== 'f' || who['age'] !== 'old'))).toBe(false);
	});

	it('that overlap in a ring are seen as margins of one table', async () => {
		const counts = at({ 'f/young/p': 6, 'f/old/q': 5, 'm/young/q': 7, 'm/old/p': 5, 'm/old/q': 1, 'f/young/q': 5, 'f/old/p': 5, 'm/young/p': 5 });
		const ring: Asked[] = [['sex', 'age'], ['age', 'place'], ['sex', 'place']].map((names) => ({ dimensions: names, where: {} }));
		const { out } = await released(counts, ring.map((asked) => [asked]));
		for (const group of groupsOf(ring)) expect(isTold(await placed(out, group))).toBe(false);
	});

	it('tell an attacker who writes down every kind of person no small group, whatever was released before', async () => {
		const asked = fc.record({
			dimensions: fc.subarray(['sex', 'age', 'place']),
			only: fc.option(fc.constantFrom(['sex', 'f'], ['sex', 'm'], ['age', 'old'], ['place', 'p']), { nil: null })
		}).map(({ dimensions: of, only }): Asked => ({ dimensions: of.filter((name) => name !== only?.[0]), where: only ? { [only[0] ?? '']: [only[1] ?? ''] } : {} }));
		const counts = fc.array(fc.oneof(fc.nat(3), fc.nat(14)), { minLength: people.length, maxLength: people.length });
		const seen = { cells: 0, withheld: 0, refused: 0 };
		await fc.assert(
			fc.asyncProperty(counts, fc.array(fc.array(asked, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 }), async (truth, releases) => {
				const { out, refused, earlier } = await released(truth, releases);
				seen.cells += out.length;
				seen.withheld += out.filter(({ value }) => value === null).length;
				seen.refused += refused;
				for (const { asked: of, at: cell, value } of out) if (value !== null) expect(value === count(truth, of, cell) && (value === 0 || value >= threshold)).toBe(true);
				const all = out.map((each) => each.asked);
				for (const group of groupsOf([...new Map(all.map((each) => [JSON.stringify(each), each])).values()])) expect(isTold(await placed(out, group)), JSON.stringify({ truth, releases })).toBe(false);
				const [last, ...before] = [...earlier].reverse();
				if (last) expect(await attack(attackSchema.parse({ format, dimensions, tables: last.tables, earlier: before }))).toMatchObject({ safe: true });
			}),
			{ numRuns: deep ? 1000 : 30, ...(deep ? {} : { seed: 7 }) }
		);
		expect(seen.withheld).toBeGreaterThan(0);
		expect(seen.refused).toBeLessThan(seen.cells / 50);
	}, 900_000);
});

describe('the cliques of axes', () => {
	it('are the tables themselves where these hang together like a tree, and larger where they form a ring', () => {
		expect(cliquesOf([[0, 1], [1, 2]], () => 2)).toEqual([[1, 2], [0, 1]]);
		expect(cliquesOf([[0, 1], [1, 2], [0, 2]], () => 2)).toEqual([[0, 1, 2]]);
		expect(cliquesOf([[0, 1], [1, 2], [2, 3], [0, 3]], () => 2)).toEqual([[1, 2, 3], [0, 1, 3]]);
	});
});
