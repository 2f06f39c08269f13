import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deep } from '../../../../test/deep.ts';
import { anySequence, byAge, playOut, saidOf, type Asked, type Seen, type Sequence } from '../../../../test/release-sequences.ts';
import { byRegion, bySex, figureOf, ground, input, learned, onlyOf, query, roundId, told, type Person, type Test } from '../../../../test/respondents.ts';
import { conditionsOf } from '#modules/assessment/figures/variables.ts';
import { judge } from './judge.ts';

/** Everybody has given sex and age; of the men one region has four. */
const counts = onlyOf({ 'f/law/30/d1/10': 20, 'f/law/60/d1/10': 15, 'f/law/12/d3/10': 12, 'm/law/12/d1/10': 8, 'm/law/30/d1/10': 14, 'm/law/30/d3/10': 4, 'm/law/60/d2/10': 9 });
const figures = [figureOf('a', query('/sex', { splits: [{ by: 'answer', path: '/age', bands: [18, 40] }] }), 10, counts), figureOf('b', query('/sex', { splits: byRegion }), 10, counts)];
const form = (required: boolean) => ({ ...ground, variables: ground.variables.map((each) => ({ ...each, always: false, gate: ["/consent = 'yes'"], required })) });

/** What a reader is told who knows that questions are asked together and must be answered. */
async function toldOf(required: boolean): Promise<unknown[]> {
	const verdict = await judge({ ...input(figures), grounds: { [roundId]: form(required) } });
	if (!('patterns' in verdict)) throw new Error('nothing was published');
	const nobody = (test: Test) => ({ test, value: 0 });
	const known = figures.flatMap((figure, i) => learned(figure, verdict.patterns[i] ?? { cells: figure.cells, n: null }));
	return told([...known, nobody((who) => who.sex === null), nobody((who) => who.age === null)]);
}

describe('a reader who knows that questions are asked together and have to be answered', () => {
	it('is not told a small group by tables of the same people split by different questions', async () => {
		expect(await toldOf(true)).toEqual([]);
	});
	it('would be, if the form were not taken at its word', async () => {
		expect((await toldOf(false)).length).toBeGreaterThan(0);
	});
	it('is not told a small group by two questions of different figures that the same people are asked', async () => {
		const counts = onlyOf({ 'f/law/30/d1/10': 20, 'm/law/60/d1/10': 15, 'f/law/30/d3/10': 7, 'f/law/60/d3/10': 8, 'm/law/30/d3/10': 4 });
		const leak = [figureOf('a', query('/sex', { splits: byRegion, measure: 'count' }), 10, counts), figureOf('b', query('/age', { splits: byRegion, measure: 'count' }), 10, counts)];
		const verdict = await judge({ ...input(leak), grounds: { [roundId]: form(true) } });
		if (!('patterns' in verdict)) throw new Error('nothing was published');
		const known = leak.flatMap((figure, i) => learned(figure, verdict.patterns[i] ?? { cells: figure.cells, n: null }));
		expect(await told([...known, { test: (who) => (who.sex === null) !== (who.age === null), value: 0 }])).toEqual([]);
	});

	/** Which of the three questions somebody left without an answer: all or none, as the form has it. */
	const left = (who: Person): boolean[] => [who.sex === null, who.age === null, (who.needs ?? []).length === 0];
	const asTheFormHasIt = (who: Person): boolean => new Set(left(who)).size === 1;
	const taken = [[0, 1], [1, 2], [0, 2]].map(([one = 0, other = 0]): Test => (who) => left(who)[one] !== left(who)[other]);
	const nobodyYet = (): Seen => ({ sequences: 0, cells: 0, held: 0, refused: 0 });
	const asked = (of: string, more: Parameters<typeof query>[1] = {}): Asked => ({ at: 10, query: query(of, more) });
	const people = (counts: Record<string, number>): Sequence[0] => onlyOf(counts).flatMap((many, kind) => (many > 0 ? [[kind, many] as const] : []));
	const anyNeed = { anyOf: ['law', 'health'] };

	// Each was told once: found by the search below.
	it.each<[string, Sequence]>([
		['what one number of a figure leaves open and another of the same people tells', [
			people({ 'm/health+home/30/d3/10': 4, 'f/home/60/d2/10': 9, 'm/health+home/60/d3/10': 15, 'm/law+health/60/d3/10': 2 }),
			[
				[asked('/needs', { ...anyNeed, splits: bySex, where: { answer: '/sex', is: ['f'] } })], [asked('/needs', { splits: bySex, measure: 'count' }), asked('/needs', { splits: byAge, where: { places: ['R1'] } })],
				[asked('/age', { splits: bySex, where: { answer: '/age', from: 18 } })]
			]
		]],
		['two questions, each by itself, of the same people', [
			people({ 'f/law+health+home/30/d3/10': 3, 'm/law+health+home/12/d3/10': 3, 'm/law+health+home/60/d3/10': 8, 'm/law+home/12/d3/10': 21, 'm/law+health+home/60/d2/10': 1, 'f/law+health/12/d2/10': 3, 'm/health+home/12/d3/10': 1 }),
			[[asked('/needs', { ...anyNeed, splits: byRegion, measure: 'count' }), asked('/age', { splits: byRegion, measure: 'count' })]]
		]],
		['that who answers a list ticks something of it', [
			people({ 'm/law+home/12/d3/10': 5, 'm/health/12/d3/10': 22, 'f/health/12/d1/10': 2 }),
			[
				[asked('/sex', { splits: byRegion, measure: 'count' }), asked('/age', { splits: byRegion, measure: 'count', where: { answer: '/sex', is: ['f'] } })], [asked('/needs', { splits: byAge })],
				[asked('/needs', { splits: bySex, measure: 'count', where: { answer: '/needs', is: ['law', 'home'] } }), asked('/age', { measure: 'count', where: { answer: '/sex', is: ['f'] } })]
			]
		]]
	])('is not told a small group by %s', async (_, sequence) => {
		expect(await playOut(sequence, nobodyYet(), { grounds: { [roundId]: form(true) } }, taken)).toEqual([]);
	});

	it('is told no small group, whatever was published before', async ({ annotate }) => {
		const seen = nobodyYet();
		await fc.assert(
			fc.asyncProperty(anySequence(asTheFormHasIt, 'answered'), async (sequence) => void expect(await playOut(sequence, seen, { grounds: { [roundId]: form(true) } }, taken), JSON.stringify(sequence)).toEqual([])),
			{ numRuns: deep ? 300 : 2, endOnFailure: true, ...(deep ? {} : { seed: 3 }) }
		);
		await annotate(saidOf(seen));
		expect(seen.held).toBeGreaterThan(0);
	}, 1_800_000);

	it('reads conditions one by one', () => {
		expect(conditionsOf(" /data/consent  = 'yes' and (/data/a = 'x' or /data/b = 'this and that') and true()")).toEqual(["/data/consent = 'yes'", "(/data/a = 'x' or /data/b = 'this and that')", 'true()']);
		expect(conditionsOf('/data/salt-and-pepper = 1 and(/data/a = 2)and /data/b')).toEqual(['/data/salt-and-pepper = 1', '(/data/a = 2)', '/data/b']);
		expect(conditionsOf('')).toEqual([]);
	});
	it('takes conditions that `or` joins for one, since no part of it need hold', () => {
		expect(conditionsOf("/data/a = 'x' and /data/b = 'y'  or /data/c")).toEqual(["/data/a = 'x' and /data/b = 'y' or /data/c"]);
	});
});
