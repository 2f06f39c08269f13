import { above, below, isLive, standing, type Graph } from './graph.ts';
import { kindsOfStep, statesOf, steps, type Clock, type StepFact } from './state.ts';

/**
 * The seven steps around one record, for the line on its page. A gap's steps are judged as in the cockpit; around another
 * record a step is ok when something stands there, broken when something live is there and nothing of it stands, or when it was
 * this record's own step and it was withdrawn.
 */
export function lineAround(graph: Graph, id: string, clock: Clock): readonly StepFact[] {
	const here = graph.knots.get(id);
	if (here?.kind === 'gap' && isLive(here)) {
		const own = statesOf({ ...graph, knots: withOnlyThisGap(graph, id) }, clock)[0];
		if (own) return own.steps;
	}
	const stands = standing(graph);
	const around = [...below(graph, id).map((each) => each.id), id, ...above(graph, id).map((knot) => knot.id)];
	return steps.map((step) => {
		const live = around.flatMap((each) => {
			const knot = graph.knots.get(each);
			return knot && kindsOfStep[step].includes(knot.kind) && isLive(knot) ? [knot] : [];
		});
		if (live.some((knot) => stands(knot.id))) return { step, count: live.length, state: 'ok' };
		const takenBack = here !== undefined && here.withdrawnOn !== null && kindsOfStep[step].includes(here.kind);
		return { step, count: live.length, state: live.length > 0 || takenBack ? 'broken' : 'none' };
	});
}

/** Judging one gap needs all records, but of the gaps only this one is asked for. */
const withOnlyThisGap = (graph: Graph, id: string): Graph['knots'] =>
	new Map([...graph.knots].filter(([each, knot]) => knot.kind !== 'gap' || each === id));
