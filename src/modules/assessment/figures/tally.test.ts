import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countingInstrument, keptOf, oracle, person, placeIds, queries, type Person } from '../../../../test/counting.ts';
import { deep } from '../../../../test/deep.ts';
import { keptColumns, keysFor, slabFrom, typed } from './blocks.ts';
import { dayIn, numberIn, slabOf, type Slab } from './columns.ts';
import { pathsOf, type Query } from './query.ts';
import { startTally, tallySlab, type Group } from './tally.ts';
import { likelyRefusals, textsOfFormula, variablesOf } from './variables.ts';

const variables = variablesOf(countingInstrument());
const byPath = new Map(variables.map((each) => [each.path, each]));

/** As the database does it: columns out and in again, in blocks of a few, and only those that are needed. */
function slabs(people: readonly Person[], query: Query, block: number): Slab[] {
	const needed = variables.filter((each) => pathsOf(query).includes(each.path));
	const parts: Slab[] = [];
	for (let from = 0; from < people.length; from += block) {
		const kept = people.slice(from, from + block).map(keptOf);
		const columns = new Map(keptColumns(slabOf(variables, kept)).map((column) => [column.key, typed(column.key, column.data)]));
		const keys = new Set(keysFor(needed));
		parts.push(slabFrom(needed, kept.map((each) => each.placeId), new Set(), (key) => (keys.has(key) ? columns.get(key) : undefined)));
	}
	return parts;
}

const ground = {
	variables: byPath,
	cutOff: Number.POSITIVE_INFINITY,
	dayOf: (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10),
	isWithin: (id: string | null, wanted: readonly string[]) => id !== null && (wanted.includes(id) || (id === placeIds[2] && wanted.includes(placeIds[0] ?? ''))),
	placeAt: (id: string | null, level: string) => (level === 'exact' || id !== placeIds[2] ? id : (placeIds[0] ?? null))
};

function counted(people: readonly Person[], query: Query, block: number): Record<string, unknown> {
	const tally = startTally();
	const variable = byPath.get(query.of);
	if (!variable) throw new Error(query.of);
	for (const slab of slabs(people, query, block)) tallySlab(tally, slab, query, variable, ground);
	const plain = ({ asked, blank, refused, unusable, notAsked, n, people, counts, values }: Group) => ({
		asked, blank, refused, unusable, notAsked, n, people, counts: Object.fromEntries([...counts].map(([key, { rows }]) => [key, rows])), values: values.toSorted((a, b) => a - b)
	});
	return Object.fromEntries([...tally.groups].map(([key, group]) => [key, plain(group)]));
}

describe('counting', () => {
	it('comes to what looking at every answer one by one comes to', () => {
		fc.assert(
			fc.property(fc.array(person, { maxLength: 25 }), queries('00000000-0000-7000-8000-000000000000'), fc.integer({ min: 1, max: 30 }), (people, query, block) => {
				const expected = Object.fromEntries(Object.entries(oracle(people, query)).map(([key, group]) => [key, { ...group, values: group.values.toSorted((a, b) => a - b) }]));
				expect(counted(people, query, block)).toEqual(expected);
			}),
			{ numRuns: deep ? 20_000 : 1500 }
		);
	});

	it('gives the same whatever the order of the people and the size of the blocks', () => {
		fc.assert(
			fc.property(fc.array(person, { maxLength: 20 }), queries('00000000-0000-7000-8000-000000000000'), (people, query) => {
				expect(counted(people.toReversed(), query, 3)).toEqual(counted(people, query, 1000));
			}),
			{ numRuns: 200 }
		);
	});
});

describe('reading an answer', () => {
	it('takes as a number what is one, and nothing else', () => {
		expect(['7', ' 7 ', '-1.5', '+3', '.5', '1e3'].map(numberIn)).toEqual([7, 7, -1.5, 3, 0.5, 1000]);
		for (const text of ['', 'x', '12abc', '0x10', 'Infinity', '1e999', '1,5', 'NaN']) expect(numberIn(text)).toBeNaN();
	});
	it('takes as a day what stands in the calendar', () => {
		expect(dayIn('1970-01-02')).toBe(1);
		expect(dayIn('2024-02-29T10:00:00+05:00')).toBe(19_782);
		for (const text of ['2026-02-30', '2026-13-01', '08.03.2026', '2026-03-081', '']) expect(dayIn(text)).toBeNaN();
	});
	it('knows which texts a formula can give', () => {
		expect(textsOfFormula("if(${age} < 18, 'minor', 'adult')")).toEqual(['minor', 'adult']);
		expect(textsOfFormula("if(${sex} = 'f', 'woman', if(selected(${needs}, 'law'), 'law_needed', ''))")).toEqual(['woman', 'law_needed']);
		expect(textsOfFormula('${a} + ${b}')).toEqual([]);
		expect(textsOfFormula("concat(${name}, 'x')")).toEqual([]);
	});
	it('proposes refusals by their usual names', () => {
		const sex = byPath.get('/data/sex');
		expect(sex && likelyRefusals(sex)).toEqual(['refused']);
	});
});
