import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toldGroups } from '../../test/attacker.ts';
import { deep } from '../../test/deep.ts';
import { protectSchema, type PublishedTable } from './document.ts';
import { protect, Unprotectable } from './release.ts';

const format = 'hamkor-disclosure-1';
const threshold = 5;
const choices = ['law', 'health', 'home', 'work'];
const places = ['p', 'q'];

/** Who was asked: where, and what of the list she ticked; who ticked nothing gave no answer, and everybody knows it. */
type Person = { readonly place: string; readonly ticked: readonly string[] };
const people: Person[] = places.flatMap((place) => Array.from({ length: 2 ** choices.length }, (_, bits) => ({ place, ticked: choices.filter((_, i) => bits & (1 << i)) })));
const many = (counts: Readonly<Record<string, number>>): number[] => people.map(({ place, ticked }) => counts[[place, ...ticked].join(' ')] ?? 0);

const dimensions = [{ name: 'place', codes: places }, { name: 'said', codes: ['yes', 'no'] }, ...choices.map((name) => ({ name, codes: ['1', '0'] }))];
const covers = [{ of: { said: ['yes'] }, by: choices.map((name) => ({ [name]: ['1'] })) }];

/** A table: of whom (a choice, or all who answered), and whether by place. */
type Asked = { readonly of: string; readonly byPlace: boolean };
const isIn = ({ place, ticked }: Person, of: string, at: string): boolean => (of === 'said' ? ticked.length > 0 : ticked.includes(of)) && (at === '*' || at === place);
const placesOf = ({ byPlace }: Asked): string[] => (byPlace ? places : ['*']);
const codeOf = (of: string): string => (of === 'said' ? 'yes' : '1');
const count = (counts: readonly number[], of: string, at: string): number => people.reduce((sum, who, i) => sum + (isIn(who, of, at) ? (counts[i] ?? 0) : 0), 0);
const tableOf = (id: string, counts: readonly number[], asked: Asked) => ({
	id, threshold, margins: 'listed' as const, dimensions: asked.byPlace ? [asked.of, 'place'] : [asked.of],
	cells: placesOf(asked).map((at) => ({ at: asked.byPlace ? [codeOf(asked.of), at] : [codeOf(asked.of)], value: count(counts, asked.of, at) }))
});
/** Nobody ticked something and gave no answer. */
const nobody = choices.map((name) => ({ id: `@${name}`, threshold, margins: 'listed' as const, dimensions: ['said', name], cells: [{ at: ['no', '1'], value: 0, told: true }] }));

type Out = Asked & { readonly cells: readonly (number | null)[] };

/** Releases one after the other, each protected beside all earlier ones; what cannot be protected is not released. */
async function released(counts: readonly number[], releases: readonly (readonly Asked[])[], known = covers): Promise<Out[]> {
	const earlier: { dimensions: typeof dimensions; tables: PublishedTable[] }[] = [];
	const out: Out[] = [];
	for (const [r, asked] of releases.entries()) {
		try {
			const { tables } = await protect(protectSchema.parse({ format, dimensions, covers: known, tables: [...asked.map((each, i) => tableOf(`${r}-${i}`, counts, each)), ...nobody.map((each) => ({ ...each, id: `${r}${each.id}` }))], earlier }));
			earlier.push({ dimensions, tables: tables.slice(0, asked.length) });
			out.push(...asked.map((each, i) => ({ ...each, cells: tables[i]?.cells.map(({ value }) => value) ?? [] })));
		} catch (error) {
			if (!(error instanceof Unprotectable)) throw error;
		}
	}
	return out;
}

/** The groups whose small number is told: those of the tables, and who answered without ticking one choice. */
const told = (out: readonly Out[]) => {
	const kinds = (test: (who: Person) => boolean): number[] => people.flatMap((who, i) => (test(who) ? [i] : []));
	const published = out.flatMap((each) => placesOf(each).map((at, i) => ({ of: kinds((who) => isIn(who, each.of, at)), value: each.cells[i] ?? null })));
	const groups = ['*', ...places].flatMap((at) => choices.flatMap((name) => [kinds((who) => isIn(who, name, at)), kinds((who) => isIn(who, 'said', at) && !isIn(who, name, at))]));
	return toldGroups(people.length, published, groups, threshold);
};
const all = (byPlace: boolean): Asked[] => ['said', ...choices].map((of) => ({ of, byPlace }));

describe('that who answered a list ticked something of it', () => {
	// All who did not tick the three others in q ticked work: four at least, of the six in both.
	const counts = many({ 'p law': 20, 'p law health home': 9, 'p health home': 8, 'p law work': 2, 'q law': 8, 'q health': 7, 'q home': 6, 'q work': 4, 'q law health': 1 });
	const releases: Asked[][] = [all(false), all(true)];
	it('would tell a small group, were it not taken into account', async () => {
		expect((await told(await released(counts, releases, []))).length).toBeGreaterThan(0);
	});
	it('tells none', async () => {
		expect(await told(await released(counts, releases))).toEqual([]);
	});

	it('tells none, whatever is released after what, to an attacker who writes down every kind of person', async ({ annotate }) => {
		const asked = fc.record({ of: fc.constantFrom('said', ...choices), byPlace: fc.boolean() });
		const release = fc.oneof(fc.constantFrom(all(true), all(false), [...all(true), ...all(false)]), fc.uniqueArray(asked, { minLength: 1, maxLength: 4, selector: ({ of, byPlace }) => `${of} ${byPlace}` }));
		// Most tick one thing: then all ticks together are hardly more than those who answered.
		const few = fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.nat(3));
		const truth = fc.tuple(...people.map(({ ticked }) => (ticked.length === 1 ? fc.oneof(fc.integer({ min: 1, max: 6 }), fc.nat(14)) : few)));
		const seen = { cells: 0, withheld: 0 };
		await fc.assert(
			fc.asyncProperty(truth, fc.array(release, { minLength: 1, maxLength: 3 }), async (counts, releases) => {
				const out = await released(counts, releases);
				for (const { cells } of out) for (const value of cells) seen[value === null ? 'withheld' : 'cells'] += 1;
				expect(await told(out), JSON.stringify({ counts, releases })).toEqual([]);
			}),
			{ numRuns: deep ? 1000 : 30, endOnFailure: true, ...(deep ? {} : { seed: 7 }) }
		);
		await annotate(`${seen.withheld} of ${seen.cells + seen.withheld} cells withheld`);
		expect(seen.withheld).toBeGreaterThan(0);
	}, 1_800_000);
});
