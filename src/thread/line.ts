import { above, below, isLive, standing, type Graph, type Knot } from './graph.ts';
import { kindsOfStep, onNothing, statesOf, steps, type Clock, type Step, type StepFact } from './state.ts';

/**
 * The seven steps around one record, for the line on its page. A gap's steps are judged as in the cockpit. Around another record a step
 * is ok when something stands there. It is broken, with the day since when, when something is there and nothing of it stands: what
 * rests on nothing, as in the cockpit, and what was withdrawn from under this record, or is this record itself.
 */
export function lineAround(graph: Graph, id: string, clock: Clock): readonly StepFact[] {
	const here = graph.knots.get(id);
	if (here?.kind === 'gap' && isLive(here)) {
		const own = statesOf(graph, clock, id)[0];
		if (own) return own.steps;
	}
	const stands = standing(graph);
	const knotsOf = (ids: readonly string[], step: Step): Knot[] =>
		ids.flatMap((each) => {
			const knot = graph.knots.get(each);
			return knot && kindsOfStep[step].includes(knot.kind) ? [knot] : [];
		});
	const under = below(graph, id).map((each) => each.id);
	const around = [...under, id, ...above(graph, id).map((knot) => knot.id)];
	const findings = knotsOf([...under, id], 'evidence');
	const evidenceGone = findings.length > 0 && !findings.some((knot) => stands(knot.id));
	return steps.map((step): StepFact => {
		const live = knotsOf(around, step).filter(isLive);
		if (live.some((knot) => stands(knot.id))) return { step, count: live.length, state: 'ok' };
		const drafted = step === 'evidence' && here?.kind === 'finding' && here.state === 'draft' ? under.filter(stands) : [];
		if (drafted.length > 0) return { step, count: drafted.length, state: 'ok' };
		const fallen = live.length > 0 ? live : knotsOf([...under, id], step).filter((knot) => knot.withdrawnOn !== null);
		const [first] = fallen;
		if (!first) return { step, count: 0, state: 'none' };
		// What was itself taken back says so on its page; the reason is told of what that left standing on nothing.
		if (live.length === 0 && step !== 'evidence') return { step, count: 0, state: 'broken' };
		return { step, count: live.length, ...onNothing(graph, fallen.map((knot) => knot.id), evidenceGone, first.day) };
	});
}
