import { describe, expect, it } from 'vitest';
import { byRegion, figureOf, ground, input, learned, onlyOf, query, roundId, told, type Test } from '../../../../test/respondents.ts';
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
	it('reads conditions one by one', () => {
		expect(conditionsOf(" /data/consent  = 'yes' and (/data/a = 'x' or /data/b = 'this and that') and true()")).toEqual(["/data/consent = 'yes'", "(/data/a = 'x' or /data/b = 'this and that')", 'true()']);
		expect(conditionsOf('/data/salt-and-pepper = 1 and(/data/a = 2)and /data/b')).toEqual(['/data/salt-and-pepper = 1', '(/data/a = 2)', '/data/b']);
		expect(conditionsOf('')).toEqual([]);
	});
	it('takes conditions that `or` joins for one, since no part of it need hold', () => {
		expect(conditionsOf("/data/a = 'x' and /data/b = 'y'  or /data/c")).toEqual(["/data/a = 'x' and /data/b = 'y' or /data/c"]);
	});
});
