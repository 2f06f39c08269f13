import { daysBetween } from './days.ts';
import { above, fellOn, isLive, isPassedOn, standing, type Graph, type Kind, type Knot } from './graph.ts';

/** The seven steps; the same names as the thread line draws. */
export const steps = ['evidence', 'gap', 'response', 'result', 'recommendation', 'commitment', 'change'] as const;
export type Step = (typeof steps)[number];
export type StepState = 'ok' | 'none' | 'late' | 'broken';

/** Why a step is late or broken. */
export const reasons = [
	'evidence-withdrawn',
	'on-nothing',
	'no-response',
	'no-result',
	'no-reply',
	'refused',
	'no-commitment',
	'overdue',
	'disagree',
	'not-verified',
	'reopened',
	'closing-withdrawn'
] as const;
export type Reason = (typeof reasons)[number];

export type StepFact = {
	readonly step: Step;
	readonly state: StepState;
	readonly count: number;
	/** For late and broken steps: the day since when, and why. */
	readonly since?: string | undefined;
	readonly reason?: Reason | undefined;
	/** What else is wrong at this step, in the same order: worse first, then the longer standing. */
	readonly also?: readonly Trouble[] | undefined;
};

/** One thing that is wrong: how badly, since when and why. */
export type Trouble = { readonly state: 'late' | 'broken'; readonly since: string; readonly reason: Reason };

export type GapState = {
	readonly gap: Knot;
	readonly steps: readonly StepFact[];
	/** The worst of the seven, and of equally bad ones the longest standing; when nothing is wrong, the furthest step reached. */
	readonly worst: StepFact;
	/** All that is as bad as the worst, each reason once, the longest standing first. */
	readonly troubles: readonly Trouble[];
	/** Organisations that respond, are asked, or undertook. */
	readonly organisations: readonly string[];
};

/** What day it is, and how many days of silence may pass. */
export type Clock = { readonly today: string; readonly stalledAfterDays: number };

/** Which kinds of records stand at which step. */
export const kindsOfStep: Record<Step, readonly Kind[]> = {
	evidence: ['finding'],
	gap: ['gap'],
	response: ['training', 'plan'],
	result: ['result'],
	recommendation: ['recommendation'],
	commitment: ['commitment'],
	change: ['change']
};

/**
 * The seven steps of every gap in the register (past draft, not withdrawn), each judged by what rests on it:
 *
 * - evidence is broken when no finding the gap cites still stands on evidence that stands, since the last of it was withdrawn;
 * - so is every later step at which there is something and nothing of it stands, whatever else is wrong with it: what stands on nothing is broken;
 * - a response is missing (broken) when the gap has been open longer than may pass in silence;
 * - a response that has ended without a result is late, and broken after the same time again;
 * - a delivered recommendation without a reply for as long is broken; one accepted without a commitment for as long is
 *   late; when all that were asked refused and nothing was undertaken, it is broken since the last refusal;
 * - a commitment past its date that the authority has not told to be done is late, and broken after that time; where one
 *   side says done and the other does not, it is broken since the later word; done on both sides and not verified for
 *   that time, the change is late;
 * - a closed gap that the figures of a later round opened again, or whose every finding that said it was met has been withdrawn, is broken at
 *   its own step, and judged as an open one from that day;
 * - what responded to a gap before it was merged into another, or split into others, counts for what it became;
 * - a verified change, and a closed gap, settle the steps between: what stands is enough.
 *
 * @param only the one gap that is asked for
 */
export function statesOf(graph: Graph, clock: Clock, only?: string): GapState[] {
	const stands = standing(graph);
	const asked = only === undefined ? [...graph.knots.values()] : [graph.knots.get(only)].flatMap((knot) => knot ?? []);
	return asked
		.filter((knot) => knot.kind === 'gap' && isLive(knot) && !isPassedOn(knot))
		.map((gap) => stateOfGap(graph, gap, clock, stands));
}

function stateOfGap(graph: Graph, gap: Knot, clock: Clock, stands: (id: string) => boolean): GapState {
	const live = above(graph, gap.id).filter(isLive);
	const at = (step: Step): Knot[] => live.filter((knot) => kindsOfStep[step].includes(knot.kind));
	const citedFor = (way: 'ground' | 'met'): string[] => (graph.restsOn.get(gap.id) ?? []).filter((strand) => strand.way === way).map((strand) => strand.cited);
	const cited = citedFor('ground');
	const counts: Record<Step, number> = {
		evidence: cited.filter(stands).length,
		gap: 1,
		response: at('response').length,
		result: at('result').length,
		recommendation: at('recommendation').length,
		commitment: at('commitment').length,
		change: at('change').length
	};
	const troubles: Partial<Record<Step, Trouble[]>> = {};
	if (counts.evidence === 0) troubles.evidence = [onNothing(graph, cited, true, gap.day)];
	const again = openedAgain(gap, citedFor('met'), stands, graph);
	troubles.gap = again ? [again] : [];
	if (counts.change === 0 && (gap.state === 'open' || again)) {
		const late = new Lateness(clock);
		if (counts.response === 0) troubles.response = late.brokenIfSilent(again?.since ?? gap.day, 'no-response');
		troubles.result = at('response').flatMap((response) => withoutResult(graph, response, late));
		troubles.commitment = [...unanswered(graph, at('recommendation'), counts.commitment, late), ...at('commitment').flatMap((each) => unkept(each, late))];
		troubles.change = at('commitment').flatMap((each) => unverified(each, late));
	}
	for (const step of steps.slice(1)) {
		const there = step === 'gap' ? [gap] : at(step);
		if (there.length > 0 && !there.some((knot) => stands(knot.id))) troubles[step] = [...(troubles[step] ?? []), onNothing(graph, there.map((knot) => knot.id), counts.evidence === 0, gap.day)];
	}
	const facts = steps.map((step): StepFact => {
		const [trouble, ...also] = eachReasonOnce(troubles[step] ?? []);
		if (!trouble) return { step, count: counts[step], state: counts[step] > 0 ? 'ok' : 'none' };
		return { step, count: counts[step], ...trouble, ...(also.length > 0 ? { also } : {}) };
	});
	const worst = worstOf(facts);
	const all = eachReasonOnce(steps.flatMap((step) => troubles[step] ?? []));
	const organisations = [...new Set(live.flatMap((knot) => knot.facts.organisationId ?? []))];
	return { gap, steps: facts, worst, troubles: all.filter(({ state }) => state === worst.state), organisations };
}

/**
 * That none of these stands, since the last of them fell.
 * @param evidence whether it is the evidence at the bottom that is gone, or something between
 * @param otherwise a day to tell when none is known
 */
export const onNothing = (graph: Graph, ids: readonly string[], evidence: boolean, otherwise: string): Trouble => ({
	state: 'broken',
	since: fellOn(graph, ids) ?? otherwise,
	reason: evidence ? 'evidence-withdrawn' : 'on-nothing'
});

/** Worse first, then the longer standing; of several for the same reason the first. */
function eachReasonOnce(troubles: readonly Trouble[]): Trouble[] {
	const sorted = [...troubles].sort(byBadness);
	return sorted.filter((trouble, i) => sorted.findIndex(({ reason }) => reason === trouble.reason) === i);
}

/** Why a closed gap counts as open: a later round's figures, or nothing that says it was met stands any more. */
function openedAgain(gap: Knot, met: readonly string[], stands: (id: string) => boolean, graph: Graph): Trouble | null {
	if (gap.state !== 'closed') return null;
	if (gap.facts.reopenedOn) return { state: 'broken', since: gap.facts.reopenedOn, reason: 'reopened' };
	if (met.length === 0 || met.some(stands)) return null;
	return { state: 'broken', since: fellOn(graph, met) ?? gap.day, reason: 'closing-withdrawn' };
}

class Lateness {
	readonly #clock: Clock;
	constructor(clock: Clock) {
		this.#clock = clock;
	}
	isPast(day: string): boolean {
		return daysBetween(day, this.#clock.today) > 0;
	}
	isSilent(day: string): boolean {
		return daysBetween(day, this.#clock.today) > this.#clock.stalledAfterDays;
	}
	brokenIfSilent(since: string, reason: Reason): Trouble[] {
		return this.isSilent(since) ? [{ state: 'broken', since, reason }] : [];
	}
	lateIfSilent(since: string, reason: Reason): Trouble[] {
		return this.isSilent(since) ? [{ state: 'late', since, reason }] : [];
	}
	lateThenBroken(since: string, reason: Reason): Trouble[] {
		return this.isPast(since) ? [{ state: this.isSilent(since) ? 'broken' : 'late', since, reason }] : [];
	}
}

/** The live records of a kind that cite this one directly. */
const citing = (graph: Graph, id: string, kind: Kind): Knot[] =>
	(graph.carries.get(id) ?? []).flatMap((strand) => {
		const knot = graph.knots.get(strand.citing);
		return knot && knot.kind === kind && isLive(knot) ? [knot] : [];
	});

const withoutResult = (graph: Graph, response: Knot, late: Lateness): Trouble[] =>
	citing(graph, response.id, 'result').length > 0 ? [] : late.lateThenBroken(response.facts.endsOn ?? response.day, 'no-result');

function unanswered(graph: Graph, asked: readonly Knot[], commitments: number, late: Lateness): Trouble[] {
	const refusals = asked.filter((each) => each.facts.answer === 'refused');
	if (asked.length > 0 && refusals.length === asked.length && commitments === 0) {
		const since = refusals.map((each) => each.facts.answeredOn ?? each.day).sort().at(-1);
		return since ? [{ state: 'broken', since, reason: 'refused' }] : [];
	}
	return asked.flatMap((each) => {
		const { answer, answeredOn, deliveredOn } = each.facts;
		if (answer === 'refused' || citing(graph, each.id, 'commitment').length > 0) return [];
		return answer ? late.lateIfSilent(answeredOn ?? each.day, 'no-commitment') : late.brokenIfSilent(deliveredOn ?? each.day, 'no-reply');
	});
}

const laterOf = (a: string, b: string): string => (a > b ? a : b);

function unkept({ day, facts }: Knot, late: Lateness): Trouble[] {
	const { authority, civilSociety, dueOn } = facts;
	const disagree = authority && civilSociety && (authority.status === 'done') !== (civilSociety.status === 'done');
	return [
		...(disagree ? [{ state: 'broken', since: laterOf(authority.toldOn, civilSociety.toldOn), reason: 'disagree' } satisfies Trouble] : []),
		...(authority?.status === 'done' ? [] : late.lateThenBroken(dueOn ?? day, 'overdue'))
	];
}

function unverified({ facts: { authority, civilSociety } }: Knot, late: Lateness): Trouble[] {
	if (authority?.status !== 'done' || civilSociety?.status !== 'done') return [];
	return late.lateIfSilent(laterOf(authority.toldOn, civilSociety.toldOn), 'not-verified');
}

const rank: Record<StepState, number> = { broken: 0, late: 1, none: 2, ok: 2 };

/** Worse first; of the same badness the older first. */
const byBadness = (a: Trouble, b: Trouble): number => rank[a.state] - rank[b.state] || a.since.localeCompare(b.since) || a.reason.localeCompare(b.reason);

function worstOf(facts: readonly StepFact[]): StepFact {
	const wrong = facts.filter((fact) => fact.reason !== undefined);
	const [worst] = wrong.sort((a, b) => rank[a.state] - rank[b.state] || (a.since ?? '').localeCompare(b.since ?? ''));
	const found = worst ?? facts.findLast((fact) => fact.count > 0);
	if (!found) throw new Error('a gap is itself a step reached');
	return found;
}

/** Broken first, then late, then the rest; within each the longest standing first. */
export const brokenFirst = (a: GapState, b: GapState): number =>
	rank[a.worst.state] - rank[b.worst.state] ||
	(a.worst.since ?? a.gap.day).localeCompare(b.worst.since ?? b.gap.day) ||
	a.gap.number - b.gap.number;
