import fc from 'fast-check';
import loadHighs from 'highs';
import { describe, expect, it } from 'vitest';
import { attackSchema, protectSchema, Unusable, type ProtectDocument, type PublishedTable } from './document.ts';
import { attack, protect, Unprotectable, type Protection } from './release.ts';

const deep = process.env['HAMKOR_DEEP'] === '1';
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
 * Another attacker, who knows nothing of linear programmes: writes down every table of people that there can be, by its
 * smallest groups, keeps those that give the published numbers, and looks how far apart they place each withheld cell.
 */
function triedOut(parts: number, most: number, sums: readonly { of: readonly number[]; value: number | null }[]): { low: number; high: number }[] {
	const shown = sums.filter((sum) => sum.value !== null);
	const ranges = sums.map(() => ({ low: Infinity, high: -Infinity }));
	const world = new Array<number>(parts).fill(0);
	const total = (of: readonly number[]): number => of.reduce((sum, part) => sum + (world[part] ?? 0), 0);
	const fits = (filled: number): boolean =>
		shown.every(({ of, value }) => {
			const sum = of.reduce((so, part) => so + (part < filled ? (world[part] ?? 0) : 0), 0);
			return of.every((part) => part < filled) ? sum === value : sum <= (value ?? 0);
		});
	const fill = (at: number): void => {
		if (!fits(at)) return;
		if (at === parts) {
			sums.forEach(({ of }, i) => {
				const [range, sum] = [ranges[i], total(of)];
				if (range) Object.assign(range, { low: Math.min(range.low, sum), high: Math.max(range.high, sum) });
			});
			return;
		}
		for (let count = 0; count <= most; count += 1) {
			world[at] = count;
			fill(at + 1);
		}
		world[at] = 0;
	};
	fill(0);
	return ranges;
}

/** The smallest groups that a cell is the sum of. */
const partsOf = (parts: readonly (readonly string[])[], at: readonly string[]): number[] =>
	parts.flatMap((part, i) => (at.every((code, d) => code === '*' || code === part[d]) ? [i] : []));
const here = (waves: readonly (readonly number[])[], of: readonly number[]): number =>
	waves.reduce((sum, wave) => sum + of.reduce((so, part) => so + (wave[part] ?? 0), 0), 0);

let loaded: ReturnType<typeof loadHighs> | undefined;

/** A third attacker, formulated apart: over the smallest groups instead of cells and sums, as text, one programme a bound. */
async function bounded(parts: number, sums: readonly { of: readonly number[]; value: number | null }[]): Promise<{ of: readonly number[]; low: number; high: number }[]> {
	const highs = await (loaded ??= loadHighs());
	const sum = (of: readonly number[]): string => of.map((part) => `x${part}`).join(' + ');
	const known = sums.flatMap(({ of, value }, i) => (value === null ? [] : [`c${i}: ${sum(of)} = ${value}`]));
	const rows = known.length > 0 ? known : ['c: x0 >= 0'];
	const extreme = (way: string, of: readonly number[]): number => {
		const bounds = Array.from({ length: parts }, (_, i) => `0 <= x${i} <= 1000`).join('\n');
		return highs.solve(`${way}\nobj: ${sum(of)}\nSubject To\n${rows.join('\n')}\nBounds\n${bounds}\nEnd`, { output_flag: false }).ObjectiveValue;
	};
	return sums.flatMap(({ of, value }) => (value === null ? [{ of, low: Math.ceil(extreme('Minimize', of) - 1e-6), high: Math.floor(extreme('Maximize', of) + 1e-6) }] : []));
}

/** Tables split by up to three dimensions, small enough to try out every world. */
const small = fc.record({
	shape: fc.constantFrom([2], [3], [4], [2, 2], [2, 3], [3, 2], [2, 2, 2]),
	counts: fc.array(fc.oneof(fc.nat(3), fc.nat(14)), { minLength: 8, maxLength: 8 }),
	threshold: fc.constantFrom(2, 3, 4)
});

describe('protected tables', () => {
	it('let nobody who tries out every table there can be place a withheld count in a range below its threshold', async () => {
		let withheld = 0;
		await fc.assert(
			fc.asyncProperty(small, async ({ shape, counts, threshold }) => {
				const lists = shape.map((size, d) => names(size, 'abc'[d] ?? 'z'));
				const parts = crossed(lists);
				const valueOf = (at: string[]): number => counts[parts.findIndex((part) => part.join() === at.join())] ?? 0;
				const protection = await protect(documentOf({ tables: [tableOf('T', lists, shape.map((_, d) => `d${d}`), valueOf, { threshold })] }));
				const cells = protection.tables[0]?.cells ?? [];
				const sums = cells.map(({ at, value }) => ({ value, of: parts.flatMap((part, i) => (at.every((code, d) => code === '*' || code === part[d]) ? [i] : [])) }));
				const n = counts.slice(0, parts.length).reduce((sum, count) => sum + count, 0);
				// With the total withheld there is no end to the worlds; those beyond what is tried only widen the ranges.
				const ranges = triedOut(parts.length, Math.min(n + threshold, 24), sums);
				sums.forEach(({ of, value }, i) => {
					const truth = of.reduce((sum, part) => sum + (counts[part] ?? 0), 0);
					const range = ranges[i];
					if (value !== null) return expect(value === truth && (truth === 0 || truth >= threshold)).toBe(true);
					withheld += 1;
					if (truth === 0 || truth >= threshold || !range) return;
					expect(range.high - range.low, JSON.stringify({ shape, counts, threshold, at: cells[i]?.at })).toBeGreaterThanOrEqual(threshold);
				});
			}),
			{ numRuns: deep ? 1000 : 30, ...(deep ? {} : { seed: 4 }) }
		);
		expect(withheld).toBeGreaterThan(0);
	}, 900_000);

	it('stay safe beside everything released before, for sequences of releases that only add people', async () => {
		const added = fc.array(fc.oneof(fc.nat(3), fc.nat(20)), { minLength: 6, maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(fc.tuple(added, added, added), async (waves) => {
				const lists = [names(3, 'r'), names(2, 's')];
				const parts = crossed(lists);
				const earlier: { release: string; dimensions: object; tables: PublishedTable[] }[] = [];
				for (const month of waves.keys()) {
					const table = tableOf('T', lists, ['region', 'sex'], (at) => here(waves.slice(0, month + 1), partsOf(parts, at)), { asOf: `2026-0${month + 1}-01` });
					const protection = await protect(documentOf({ tables: [table], earlier }));
					earlier.push({ release: `R-${month}`, dimensions: protection.dimensions, tables: protection.tables });
				}
				const sums = earlier.flatMap(({ tables }, month) =>
					(tables[0]?.cells ?? []).map(({ at, value }) => ({ value, of: waves.slice(0, month + 1).flatMap((_, wave) => partsOf(parts, at).map((part) => wave * parts.length + part)) }))
				);
				const truth = waves.flat();
				for (const { low, high, of } of await bounded(truth.length, sums)) {
					const count = of.reduce((sum, part) => sum + (truth[part] ?? 0), 0);
					if (count > 0 && count < 5) expect(high - low, JSON.stringify(waves)).toBeGreaterThanOrEqual(5);
				}
				const [last, ...before] = [...earlier].reverse();
				expect(await attack(attackSchema.parse({ format, tables: last?.tables, earlier: before })), JSON.stringify(waves)).toMatchObject({ safe: true });
			}),
			{ numRuns: deep ? 1000 : 30, ...(deep ? {} : { seed: 4 }) }
		);
	}, 900_000);

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

describe('a document that cannot be used', () => {
	const one = (cells: object[], rest: object = {}) => ({ tables: [{ id: 'T', dimensions: ['a'], cells, ...rest }] });
	it.each([
		['a cell twice', one([{ at: ['x'], value: 1 }, { at: ['x'], value: 1 }]), 'tables[0].cells[1]: the cell x stands in the table twice'],
		['a total that is none', one([{ at: ['x'], value: 7 }, { at: ['y'], value: 9 }, { at: ['*'], value: 15 }]), 'tables[0]: the cell * is 15, but what it is the sum of makes 16'],
		['too few codes', one([{ at: [], value: 7 }]), 'tables[0].cells[0].at: expected 1 codes, one for each dimension of the table'],
		['a base that tells small numbers', { ...one([{ at: ['x'], value: 7 }]), method: 'round', base: 5 }, 'base: 5 is too small: a number rounded to 0 could be placed below 5; use more than 5']
	])('is refused with its place and reason: %s', async (_, document, sentence) => {
		await expect(protect(documentOf(document))).rejects.toBeInstanceOf(Unusable);
		await expect(protect(documentOf(document))).rejects.toThrow(sentence);
	});
	it('is not read at all with numbers below zero, with halves, or too large to be exact', () => {
		for (const value of [-1, 0.5, 2 ** 60, Number.NaN]) expect(protectSchema.safeParse({ format, ...one([{ at: ['x'], value }]) }).success).toBe(false);
	});
	it('is refused when it has more cells than can be held', async () => {
		const dimensions = names(4, 'd').map((name) => ({ name, codes: names(40, name) }));
		const cells = names(40, 'd0').map((code, i) => ({ at: [code, `d1${i}`, `d2${i}`, `d3${i}`], value: 9 }));
		await expect(protect(documentOf({ dimensions, tables: [{ id: 'T', dimensions: names(4, 'd'), cells }] }))).rejects.toThrow('more than 250000 cells');
	});
	it('contradicts itself when an earlier release says otherwise', async () => {
		const earlier = [{ release: 'R-01', tables: [{ id: 'T', dimensions: ['a'], cells: [{ at: ['x'], value: 8 }] }] }];
		await expect(protect(documentOf({ ...one([{ at: ['x'], value: 9 }]), earlier }))).rejects.toThrow('are the same cell');
		expect(new Unprotectable([]).cells).toEqual([]);
	});
});
