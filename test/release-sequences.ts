import fc from 'fast-check';
import type { Condition, Query, Split } from '#modules/assessment/figures/query.ts';
import { judge } from '#modules/releases/judge/judge.ts';
import type { JudgedFigure, JudgeInput } from '#modules/releases/judge/verdict.ts';
import { asReleased, byRegion, bySex, figureOf, input, kinds, learned, query, told, type Person, type Test } from './respondents.ts';

/** A figure that somebody asks for, and up to which cut-off. */
export type Asked = { readonly at: number; readonly query: Query };
/** How many answered, by kind of person, and the releases one after another. */
export type Sequence = readonly [people: readonly (readonly [kind: number, many: number])[], releases: readonly (readonly Asked[])[]];

const filters: readonly (Condition | null)[] = [
	null, null, { answer: '/sex', is: ['f'] }, { answer: '/age', from: 18 }, { answer: '/age', to: 17 }, { places: ['R1'] }, { places: ['d2', 'R2'] }, { answer: '/needs', is: ['law', 'home'] },
	{ any: [{ answer: '/sex', is: ['f'] }, { answer: '/age', to: 17 }] }, { not: { answer: '/sex', is: ['m'] } }, { all: [{ answer: '/sex', is: ['m'] }, { places: ['R1'] }] }
];
/** Minors, young people, and everybody else. */
export const byAge: Split[] = [{ by: 'answer', path: '/age', bands: [18, 40] }];
const asked = fc.record({
	of: fc.constantFrom('/sex', '/needs', '/age'), where: fc.constantFrom(...filters), base: fc.constantFrom('answered' as const, 'asked' as const),
	splits: fc.constantFrom<Split[]>([], [], bySex, byRegion, byAge), any: fc.boolean(), measure: fc.constantFrom('count' as const, 'share' as const), at: fc.constantFrom(10, 20)
});

/** Any sequence of up to three releases about people of these kinds. @param base of whom shares are, where only one may be asked for */
export const anySequence = (possible: (who: Person) => boolean, base?: Query['base']): fc.Arbitrary<Sequence> => {
	const kind = fc.constantFrom(...kinds.flatMap((who, i) => (possible(who) ? [i] : [])));
	const figure = asked.map(({ any, of, at, ...more }): Asked => ({ at, query: query(of, { ...more, ...(base ? { base } : {}), anyOf: any && of === '/needs' ? ['law', 'health'] : null }) }));
	return fc.tuple(
		fc.array(fc.tuple(kind, fc.oneof(fc.nat(3), fc.nat(25))), { minLength: 4, maxLength: 14 }),
		fc.array(fc.array(figure, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 3 })
	);
};

/** What came of sequences. */
export type Seen = { sequences: number; cells: number; held: number; refused: number };

/**
 * Plays a sequence out: judges release after release, and attacks all that went out together.
 * @param grounds what the form says
 * @param taken what a reader takes for granted beside, as groups of nobody
 * @returns the groups that are told
 */
export async function playOut([people, releases]: Sequence, seen: Seen, grounds: Partial<Pick<JudgeInput, 'grounds'>> = {}, taken: readonly Test[] = []): Promise<Awaited<ReturnType<typeof told>>> {
	const counts = kinds.map((_, i) => people.reduce((sum, [kind, many]) => sum + (kind === i ? many : 0), 0));
	const earlier: JudgedFigure[] = [];
	const known: { test: Test; value: number | null }[] = taken.map((test) => ({ test, value: 0 }));
	for (const [r, release] of releases.entries()) {
		const figures = release.map(({ query: of, at }, i) => figureOf(`${r}-${i}`, of, at, counts));
		const verdict = await judge({ ...input(figures, earlier), ...grounds });
		if (!('patterns' in verdict)) {
			if (verdict.refused !== 'figure.no-pattern') throw new Error(verdict.refused);
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
	return told(known);
}

/** What came of sequences, in a sentence for the test's report. */
export const saidOf = ({ sequences, held, cells, refused }: Seen): string => `${sequences} sequences of up to three releases: ${held} of ${cells} cells held back, ${refused} releases refused, nobody told`;
