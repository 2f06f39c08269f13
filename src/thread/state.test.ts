import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphOf, type Knot, type RecordFacts, type Strand } from './graph.ts';
import { statesOf, type Clock, type StepState } from './state.ts';

const clock: Clock = { today: '2026-06-15', stalledAfterDays: 30 };
const daysAgo = (days: number): string => new Date(Date.parse('2026-06-15') - days * 86_400_000).toISOString().slice(0, 10);

/** One gap's thread, as drawn: days are days before today; negative ones lie ahead. */
type Drawn = {
	opened: number;
	findings: boolean[];
	closed: boolean;
	responses: { ends: number; results: number }[];
	asked: { delivered: number; answer: 'accepted' | 'refused' | null; answered: number; commitments: Undertaken[] }[];
};
type Undertaken = { due: number; authority: { done: boolean; told: number } | null; civil: { done: boolean; told: number } | null; changed: boolean };

const day = fc.integer({ min: -40, max: 120 });
const told = fc.option(fc.record({ done: fc.boolean(), told: fc.integer({ min: 0, max: 90 }) }), { nil: null });
const drawn: fc.Arbitrary<Drawn> = fc.record({
	opened: fc.integer({ min: 0, max: 120 }),
	findings: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
	closed: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
	responses: fc.array(fc.record({ ends: day, results: fc.nat(1) }), { maxLength: 3 }),
	asked: fc.array(
		fc.record({
			delivered: fc.integer({ min: 0, max: 90 }),
			answer: fc.constantFrom('accepted' as const, 'refused' as const, null),
			answered: fc.integer({ min: 0, max: 90 }),
			commitments: fc.array(fc.record({ due: day, authority: told, civil: told, changed: fc.integer({ min: 0, max: 3 }).map((n) => n === 0) }), { maxLength: 2 })
		}),
		{ maxLength: 3 }
	)
});

function build(thread: Drawn) {
	const knots: Knot[] = [];
	const strands: Strand[] = [];
	const add = (kind: Knot['kind'], state: string, at: number, facts: RecordFacts, cites: Knot[], way: Strand['way'] = 'ground'): Knot => {
		const knot: Knot = {
			kind, state, facts, id: `${kind}-${knots.length}`, placeId: null, number: knots.length, title: {}, day: daysAgo(at),
			withdrawnOn: state === 'withdrawn' ? daysAgo(3) : null, createdBy: null
		};
		knots.push(knot);
		for (const cited of cites) strands.push({ citing: knot.id, cited: cited.id, citedKind: cited.kind, way: cited.kind === 'document' ? 'evidence' : way });
		return knot;
	};
	const document = add('document', 'stands', 200, {}, []);
	const findings = thread.findings.map((stands) => add('finding', stands ? 'stands' : 'withdrawn', 150, {}, [document]));
	const gap = add('gap', thread.closed ? 'closed' : 'open', thread.opened, { barrier: 'law' }, findings);
	for (const response of thread.responses) {
		const made = add('training', 'planned', response.ends + 10, { endsOn: daysAgo(response.ends) }, [gap]);
		for (let i = 0; i < response.results; i++) add('result', 'stands', 1, {}, [made, document]);
	}
	for (const { delivered, answer, answered, commitments } of thread.asked) {
		const facts = { deliveredOn: daysAgo(delivered), answer, answeredOn: answer ? daysAgo(answered) : null };
		const asked = add('recommendation', answer ? 'answered' : 'delivered', delivered, facts, [gap]);
		for (const { due, authority, civil, changed } of commitments) {
			const say = (said: { done: boolean; told: number } | null) => said && { status: said.done ? 'done' : 'under_way', toldOn: daysAgo(said.told) };
			const commitment = add('commitment', 'made', 60, { dueOn: daysAgo(due), authority: say(authority), civilSociety: say(civil) }, [asked]);
			if (changed) add('change', 'stands', 1, {}, [commitment, document]);
		}
	}
	return graphOf(knots, strands);
}

/** What the cockpit should say, written step by step from the rules in words and from what was drawn, not from the graph. */
function expected(thread: Drawn): StepState[] {
	const n = clock.stalledAfterDays;
	const commitments = thread.asked.flatMap((asked) => asked.commitments);
	const changed = commitments.some((commitment) => commitment.changed);
	const watched = !thread.closed && !changed;
	const results = thread.responses.reduce((sum, response) => sum + response.results, 0);
	const worst = (found: StepState[], otherwise: StepState): StepState => (found.includes('broken') ? 'broken' : found.includes('late') ? 'late' : otherwise);
	const there = (count: number): StepState => (count > 0 ? 'ok' : 'none');
	const evidence = thread.findings.some(Boolean) ? 'ok' : 'broken';
	const response = watched && thread.responses.length === 0 && thread.opened > n ? 'broken' : there(thread.responses.length);
	const resultTroubles = thread.responses.map((each): StepState => (!watched || each.results > 0 || each.ends <= 0 ? 'ok' : each.ends > n ? 'broken' : 'late'));
	const allRefused = thread.asked.length > 0 && thread.asked.every((asked) => asked.answer === 'refused') && commitments.length === 0;
	const commitmentTroubles: StepState[] = allRefused && watched ? ['broken'] : [];
	const changeTroubles: StepState[] = [];
	for (const asked of watched ? thread.asked : []) {
		if (asked.commitments.length === 0 && asked.answer === null && asked.delivered > n) commitmentTroubles.push('broken');
		if (asked.commitments.length === 0 && asked.answer === 'accepted' && asked.answered > n) commitmentTroubles.push('late');
		for (const { due, authority, civil } of asked.commitments) {
			if (authority && civil && authority.done !== civil.done) commitmentTroubles.push('broken');
			if (!authority?.done && due > 0) commitmentTroubles.push(due > n ? 'broken' : 'late');
			if (authority?.done && civil?.done && Math.min(authority.told, civil.told) > n) changeTroubles.push('late');
		}
	}
	const said: StepState[] = [
		evidence, 'ok', response, worst(resultTroubles, there(results)), there(thread.asked.length),
		worst(commitmentTroubles, there(commitments.length)), worst(changeTroubles, changed ? 'ok' : 'none')
	];
	// What stands on nothing is broken, whatever else is wrong with it.
	const counts = [1, 1, thread.responses.length, results, thread.asked.length, commitments.length, changed ? 1 : 0];
	return evidence === 'ok' ? said : said.map((state, i) => (counts[i] ? 'broken' : state));
}

describe('the cockpit', () => {
	it('says of every thread what the rules in words say', () => {
		fc.assert(
			fc.property(drawn, (thread) => {
				const [state] = statesOf(build(thread), clock);
				expect(state?.steps.map((step) => step.state)).toEqual(expected(thread));
			}),
			{ numRuns: 2000 }
		);
	});
	it('names why and since when, the longest standing first', () => {
		const [state] = statesOf(build({ opened: 63, findings: [true], closed: false, responses: [], asked: [] }), clock);
		expect(state?.worst).toEqual({ step: 'response', state: 'broken', count: 0, since: daysAgo(63), reason: 'no-response' });
		const asked = { delivered: 31, answer: null, answered: 0, commitments: [] };
		const [silent] = statesOf(build({ opened: 63, findings: [true], closed: false, responses: [{ ends: -5, results: 0 }], asked: [asked] }), clock);
		expect(silent?.worst).toMatchObject({ step: 'commitment', state: 'broken', since: daysAgo(31), reason: 'no-reply' });
	});
	it('names everything that is as bad, each once: that the evidence fell, and that the sides disagree', () => {
		const undertaken = { due: -5, authority: { done: true, told: 10 }, civil: { done: false, told: 9 }, changed: false };
		const asked = { delivered: 12, answer: 'accepted' as const, answered: 11, commitments: [undertaken] };
		const [state] = statesOf(build({ opened: 20, findings: [false], closed: false, responses: [{ ends: -5, results: 1 }], asked: [asked] }), clock);
		expect(state?.troubles).toEqual([
			{ state: 'broken', since: daysAgo(9), reason: 'disagree' },
			{ state: 'broken', since: daysAgo(3), reason: 'evidence-withdrawn' }
		]);
		expect(state?.steps.map((step) => step.state)).toEqual(['broken', 'broken', 'broken', 'broken', 'broken', 'broken', 'none']);
		expect(state?.steps[5]).toMatchObject({ reason: 'disagree', also: [{ reason: 'evidence-withdrawn', since: daysAgo(3) }] });
	});
});
