import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attackSchema, protectSchema, type ProtectDocument, type PublishedTable } from './document.ts';
import { toldGroups, type Published } from '../../test/attacker.ts';
import { deep } from '../../test/deep.ts';
import { attack, protect, type Protection } from './release.ts';

const format = 'hamkor-disclosure-1';
const documentOf = (rest: object): ProtectDocument => protectSchema.parse({ format, ...rest });
const reportOn = (protection: Protection, earlier: object[] = []) =>
	attack(attackSchema.parse({ format, dimensions: protection.dimensions, tables: protection.tables, earlier }));
const valueAt = (protection: Protection, table: string, ...at: string[]): number | null | undefined =>
	protection.tables.find(({ id }) => id === table)?.cells.find((cell) => cell.at.join() === at.join())?.value;

const names = (count: number, letter: string): string[] => Array.from({ length: count }, (_, i) => `${letter}${i}`);
const crossed = (lists: readonly (readonly string[])[]): string[][] =>
	lists.reduce<string[][]>((all, list) => all.flatMap((at) => list.map((code) => [...at, code])), [[]]);
const tableOf = (id: string, lists: readonly (readonly string[])[], dimensions: string[], value: (at: string[]) => number, rest: object = {}) => ({
	id, dimensions, ...rest, cells: crossed(lists).map((at) => ({ at, value: value(at) }))
});

/**
 * Another attacker, who knows nothing of linear programmes: tries out tables of people, smallest group by smallest group, for one that
 * gives all these sums. What cannot come out any more is not tried further.
 * @param most people that there may be in each smallest group
 */
function thereIs(most: readonly number[], sums: readonly { of: readonly number[]; value: number }[]): boolean {
	const world = most.map(() => 0);
	const room = (from: number, of: readonly number[]): number => of.reduce((sum, part) => sum + (part < from ? (world[part] ?? 0) : (most[part] ?? 0)), 0);
	const filled = (until: number, of: readonly number[]): number => of.reduce((sum, part) => sum + (part < until ? (world[part] ?? 0) : 0), 0);
	const fill = (at: number): boolean => {
		if (!sums.every(({ of, value }) => filled(at, of) <= value && room(at, of) >= value)) return false;
		if (at === most.length) return true;
		for (let count = 0; count <= (most[at] ?? 0); count += 1) {
			world[at] = count;
			if (fill(at + 1)) return true;
		}
		world[at] = 0;
		return false;
	};
	return fill(0);
}

/** How far below and above the truth a cell can lie, as far as a threshold wants to know. */
function triedOut(counts: readonly number[], threshold: number, sums: readonly { of: readonly number[]; value: number | null }[], of: readonly number[]): { low: number; high: number } {
	const truth = of.reduce((sum, part) => sum + (counts[part] ?? 0), 0);
	const known = sums.flatMap((sum) => (sum.value === null ? [] : [{ of: sum.of, value: sum.value }]));
	const most = counts.map((count) => count + 2 * threshold);
	const can = (value: number): boolean => thereIs(most, [{ of, value }, ...known]);
	const steps = Array.from({ length: threshold }, (_, i) => threshold - i);
	const down = steps.find((step) => truth >= step && can(truth - step)) ?? 0;
	const up = steps.find((step) => step >= threshold - down && can(truth + step)) ?? 0;
	return { low: truth - down, high: truth + up };
}

/** The smallest groups that a cell is the sum of. */
const partsOf = (parts: readonly (readonly string[])[], at: readonly string[]): number[] =>
	parts.flatMap((part, i) => (at.every((code, d) => code === '*' || code === part[d]) ? [i] : []));
const here = (waves: readonly (readonly number[])[], of: readonly number[]): number =>
	waves.reduce((sum, wave) => sum + of.reduce((so, part) => so + (wave[part] ?? 0), 0), 0);

/** Tables split by up to three dimensions, small enough to try out every world. */
const small = fc.record({
	shape: fc.constantFrom([2], [3], [4], [2, 2], [2, 3], [3, 2], [2, 2, 2]),
	counts: fc.array(fc.oneof(fc.nat(3), fc.nat(14)), { minLength: 8, maxLength: 8 }),
	threshold: fc.constantFrom(2, 3, 4)
});

/** Runs of a property: with `--deep` as many as are promised, and without looking for a smaller counterexample, which would take long. */
const runs = { numRuns: deep ? 1000 : 30, endOnFailure: deep, ...(deep ? {} : { seed: 4 }) };

describe('protected tables', () => {
	it('let nobody who tries out every table there can be place a withheld count in a range below its threshold', async ({ annotate }) => {
		const seen = { tables: 0, cells: 0, withheld: 0, attacked: 0 };
		await fc.assert(
			fc.asyncProperty(small, async ({ shape, counts: all, threshold }) => {
				const lists = shape.map((size, d) => names(size, 'abc'[d] ?? 'z'));
				const parts = crossed(lists);
				const counts = all.slice(0, parts.length);
				const valueOf = (at: string[]): number => counts[parts.findIndex((part) => part.join() === at.join())] ?? 0;
				const protection = await protect(documentOf({ tables: [tableOf('T', lists, shape.map((_, d) => `d${d}`), valueOf, { threshold })] }));
				const cells = protection.tables[0]?.cells ?? [];
				const sums = cells.map(({ at, value }) => ({ value, of: partsOf(parts, at) }));
				seen.tables += 1;
				seen.cells += cells.length;
				sums.forEach(({ of, value }, i) => {
					const truth = of.reduce((sum, part) => sum + (counts[part] ?? 0), 0);
					if (value !== null) return expect(value === truth && (truth === 0 || truth >= threshold)).toBe(true);
					seen.withheld += 1;
					if (truth === 0 || truth >= threshold) return;
					seen.attacked += 1;
					const { low, high } = triedOut(counts, threshold, sums, of);
					expect(high - low, JSON.stringify({ shape, counts, threshold, at: cells[i]?.at })).toBeGreaterThanOrEqual(threshold);
				});
			}),
			runs
		);
		await annotate(`${seen.tables} tables: ${seen.withheld} of ${seen.cells} cells withheld, ${seen.attacked} small ones attacked, none recovered`);
		expect(seen.attacked).toBeGreaterThan(0);
	}, 1_800_000);

	it('stay safe beside everything released before, for sequences of releases that only add people', async ({ annotate }) => {
		const added = fc.array(fc.oneof(fc.nat(3), fc.nat(20)), { minLength: 6, maxLength: 6 });
		const lists = [names(3, 'r'), names(2, 's')];
		const parts = crossed(lists);
		const seen = { sequences: 0, cells: 0, withheld: 0, attacked: 0 };
		await fc.assert(
			fc.asyncProperty(fc.tuple(added, added, added), async (waves) => {
				const earlier: { release: string; dimensions: object; tables: PublishedTable[] }[] = [];
				for (const month of waves.keys()) {
					const table = tableOf('T', lists, ['region', 'sex'], (at) => here(waves.slice(0, month + 1), partsOf(parts, at)), { asOf: `2026-0${month + 1}-01` });
					const protection = await protect(documentOf({ tables: [table], earlier }));
					earlier.push({ release: `R-${month}`, dimensions: protection.dimensions, tables: protection.tables });
				}
				// Whom each cell is about: people are of a smallest group, and came in with a wave.
				const of = (at: readonly string[], from: number, to: number): number[] => waves.flatMap((_, wave) => (wave < from || wave > to ? [] : partsOf(parts, at).map((part) => wave * parts.length + part)));
				const sums = earlier.flatMap(({ tables }, month) => (tables[0]?.cells ?? []).map(({ at, value }): Published => ({ value, of: of(at, 0, month) })));
				const groups = (earlier[0]?.tables[0]?.cells ?? []).flatMap(({ at }) => waves.flatMap((_, from) => waves.flatMap((__, to) => (from <= to ? [of(at, from, to)] : []))));
				seen.sequences += 1;
				seen.cells += sums.length;
				seen.withheld += sums.filter(({ value }) => value === null).length;
				seen.attacked += groups.length;
				expect(await toldGroups(waves.flat().length, sums, groups, 5), JSON.stringify(waves)).toEqual([]);
				const [last, ...before] = [...earlier].reverse();
				expect(await attack(attackSchema.parse({ format, tables: last?.tables, earlier: before })), JSON.stringify(waves)).toMatchObject({ safe: true });
			}),
			runs
		);
		await annotate(`${seen.sequences} sequences of three releases: ${seen.withheld} of ${seen.cells} cells withheld, ${seen.attacked} groups attacked, none recovered`);
		expect(seen.withheld).toBeGreaterThan(0);
	}, 1_800_000);

	it('are published together when each alone would be safe and both together give one cell away', async () => {
		const dimensions = [{ name: 'age', codes: ['0-17', '18', '19+'], groups: { '0-18': ['0-17', '18'], '18+': ['18', '19+'] } }];
		const adults = { id: 'A', dimensions: ['age'], cells: [{ at: ['0-17'], value: 20 }, { at: ['18+'], value: 32 }] };
		const older = { id: 'B', dimensions: ['age'], cells: [{ at: ['0-18'], value: 22 }, { at: ['19+'], value: 30 }] };
		for (const table of [adults, older]) expect((await protect(documentOf({ dimensions, tables: [table] }))).report.withheld).toBe(0);
		const plainly = await attack(attackSchema.parse({ format, dimensions, tables: [adults, older] }));
		expect(plainly).toMatchObject({ safe: false, implied: [{ low: 2, high: 2 }] });
		const together = await protect(documentOf({ dimensions, tables: [adults, older] }));
		expect(together.report.withheld).toBeGreaterThan(0);
		expect(await reportOn(together)).toMatchObject({ safe: true });
	});

	it('without margins do not let these be subtracted from a later table that has them', async () => {
		const detail = { id: 'A', dimensions: ['place', 'sex'], margins: 'none', cells: [['p', 'f', 2], ['p', 'm', 20], ['q', 'f', 30], ['q', 'm', 40]].map(([place, sex, value]) => ({ at: [place, sex], value })) };
		const places = { id: 'B', dimensions: ['place'], cells: [{ at: ['p'], value: 22 }, { at: ['q'], value: 70 }] };
		const first = await protect(documentOf({ tables: [detail] }));
		expect(first.report.withheld).toBe(1);
		const earlier = [{ release: 'R-01', tables: first.tables }];
		expect(await attack(attackSchema.parse({ format, tables: [{ ...places, cells: [...places.cells, { at: ['*'], value: 92 }] }], earlier }))).toMatchObject({ safe: false, cells: [{ low: 2, high: 2, exposed: true }] });
		const second = await protect(documentOf({ tables: [places], earlier }));
		expect(valueAt(second, 'B', 'p')).toBeNull();
		expect(await reportOn(second, earlier)).toMatchObject({ safe: true });
	});

	it('of bandings that overlap do not let one be subtracted from the other', async () => {
		const dimensions = [{ name: 'age', codes: ['a', 'b', 'c'], groups: { young: ['a', 'b'], old: ['b', 'c'] } }];
		const cells = [{ at: ['young'], value: 40 }, { at: ['old'], value: 42 }, { at: ['*'], value: 80 }];
		expect(await attack(attackSchema.parse({ format, dimensions, tables: [{ id: 'T', dimensions: ['age'], cells }] }))).toMatchObject({ safe: false, implied: [{ low: 2, high: 2 }] });
		const protection = await protect(documentOf({ dimensions, tables: [{ id: 'T', dimensions: ['age'], cells }] }));
		expect(protection.report.withheld).toBeGreaterThan(0);
		expect(await reportOn(protection)).toMatchObject({ safe: true });
	});

	it('that show a small number are not called safe, unless it is known anyway', async () => {
		const shown = (told: object) => attackSchema.parse({ format, tables: [{ id: 'T', dimensions: ['a'], cells: [{ at: ['x'], value: 3, ...told }, { at: ['y'], value: 30 }, { at: ['*'], value: 33 }] }] });
		expect(await attack(shown({}))).toMatchObject({ safe: false, withheld: 0, exposed: 1, cells: [{ at: ['x'], low: 3, high: 3 }] });
		expect(await attack(shown({ told: true }))).toMatchObject({ safe: true });
	});

	it('do not let a filter be subtracted from a release without it', async () => {
		const regions = names(4, 'r');
		const all = tableOf('all', [regions], ['region'], (at) => (at[0] === 'r1' ? 33 : 40));
		const women = tableOf('women', [regions], ['region'], (at) => (at[0] === 'r1' ? 30 : 25), { where: { sex: ['women'] } });
		const dimensions = [{ name: 'sex', codes: ['women', 'men'] }];
		const first = await protect(documentOf({ dimensions, tables: [all] }));
		expect(first.report.withheld).toBe(0);
		const earlier = [{ release: 'R-01', dimensions, tables: first.tables }];
		const second = await protect(documentOf({ dimensions, tables: [women], earlier }));
		expect(valueAt(second, 'women', 'r1')).toBeNull();
		expect(await reportOn(second, earlier)).toMatchObject({ safe: true });
	});

	it('hold for districts within regions', async () => {
		const regions = names(3, 'R');
		const groups = Object.fromEntries(regions.map((region) => [region, names(4, `${region}-d`)]));
		const codes = Object.values(groups).flat();
		const dimensions = [{ name: 'place', codes, groups }];
		const cells = [...codes, ...regions].flatMap((place) =>
			['legal', 'health'].map((service, s) => {
				const count = (district: string): number => ((codes.indexOf(district) * 7 + s * 5) % 23) + (codes.indexOf(district) % 3);
				return { at: [place, service], value: (groups[place] ?? [place]).reduce((sum, district) => sum + count(district), 0) };
			})
		);
		const protection = await protect(documentOf({ dimensions, tables: [{ id: 'T', dimensions: ['place', 'service'], cells }] }));
		expect(protection.report.withheld).toBeGreaterThan(0);
		expect(await reportOn(protection)).toMatchObject({ safe: true });
	});

	it('withhold a sum that one contributor makes up, and leave its range wide', async () => {
		const cells = [
			{ at: ['a'], value: 1000, contributors: 8, largest: [900, 20] },
			{ at: ['b'], value: 4000, contributors: 30, largest: [300, 280] },
			{ at: ['c'], value: 5000, contributors: 40, largest: [300, 280] }
		];
		const protection = await protect(documentOf({ tables: [{ id: 'M', dimensions: ['x'], magnitude: 'spending', rule: { p: 10 }, cells }] }));
		expect(valueAt(protection, 'M', 'a')).toBeNull();
		expect([valueAt(protection, 'M', 'b'), valueAt(protection, 'M', 'c')]).toContain(null);
	});
});

describe('a realistic table', () => {
	const [regions, services, ages] = [names(14, 'r'), names(8, 's'), names(3, 'a')];
	const count = (at: string[]): number => {
		const place = crossed([regions, services, ages]).findIndex((cell) => cell.join() === at.join());
		return 4 + ((place * 7919 + ((place * place) % 97)) % 61);
	};
	const table = tableOf('T', [regions, services, ages], ['region', 'service', 'age'], count);

	it('of 14 regions, 8 services and 3 ages keeps 70 of 100 cells with all its margins, and says the same twice, in whatever order it comes', async () => {
		const once = await protect(documentOf({ tables: [table] }));
		expect(once.report.cells).toBe(540);
		expect(once.report.kept).toBeGreaterThanOrEqual(0.7);
		expect(await reportOn(once)).toMatchObject({ safe: true });
		expect(JSON.stringify(await protect(documentOf({ tables: [table] })))).toBe(JSON.stringify(once));
		const turned = await protect(documentOf({ tables: [{ ...table, cells: [...table.cells].reverse() }] }));
		const key = (cells: PublishedTable['cells']): string[] => cells.map((cell) => JSON.stringify(cell)).sort();
		expect(key(turned.tables[0]?.cells ?? [])).toEqual(key(once.tables[0]?.cells ?? []));
	}, 60_000);

	it('can be rounded instead, and still adds up', async () => {
		const { tables, report } = await protect(documentOf({ tables: [table], method: 'round' }));
		expect(report).toMatchObject({ method: 'round', withheld: 0 });
		const cells = tables[0]?.cells ?? [];
		const at = new Map(cells.map((cell) => [cell.at.join(), cell.value ?? 0]));
		for (const { at: cell, value } of cells) {
			expect((value ?? 1) % 10).toBe(0);
			if (cell[2] === '*') expect(ages.reduce((sum, age) => sum + (at.get([cell[0], cell[1], age].join()) ?? 0), 0)).toBe(value);
		}
	});
});
