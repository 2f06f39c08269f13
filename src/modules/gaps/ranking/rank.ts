import { components, equalWeights, missing, type Component, type Scores, type Weights } from './priority-of-gap.ts';

/** A gap's place among the others. Gaps whose priorities are equal share the places `first` to `last`. */
export type Rank = {
	readonly priority: number;
	readonly first: number;
	readonly last: number;
	/** Share of the weightings tried in which it keeps its place; of a shared place, in which it stays within it. */
	readonly holds: number;
	/** Share of the weightings in which it stays on its side of the line below the first `top`. */
	readonly topHolds: number;
	/** The best and the worst place it takes in any of them. */
	readonly best: number;
	readonly worst: number;
};

/** How many weightings are tried, and by how much each weight moves up or down at most. */
export const weightings = 1000;
export const swing = 0.2;
/** Where the line is drawn that people ask about: the first five. */
export const top = 5;

/** Two priorities that differ by less than this part of them are equal: what is left of counting with binary fractions. */
const tiny = 1e-9;

/** Random numbers from 0 to 1 that are the same every time: Marsaglia's xorshift with 32 bits (J. Stat. Software 8, 2003), from a fixed seed. */
export function steadyNumbers(seed = 2463534242): () => number {
	let state = seed >>> 0 || 1;
	return () => {
		state ^= state << 13;
		state >>>= 0;
		state ^= state >>> 17;
		state ^= state << 5;
		state >>>= 0;
		return state / 4294967296;
	};
}

/** The weightings that are tried around some weights: each of the four moved by itself, evenly between -20 % and +20 %. */
export function tried(weights: Weights = equalWeights, count = weightings): Weights[] {
	const next = steadyNumbers();
	const moved = (component: Component): number => weights[component] * (1 - swing + 2 * swing * next());
	return Array.from({ length: count }, () => ({ severity: moved('severity'), people: moved('people'), strength: moved('strength'), feasibility: moved('feasibility') }));
}

/** Logarithms of the scores, and 0 or 1 for whether each is known: so that a weighting is two short sums. */
type Prepared = { readonly logs: readonly number[]; readonly known: readonly number[] };

function prepare(scores: Scores): Prepared {
	return {
		logs: components.map((component) => Math.log(scores[component] ?? 1)),
		known: components.map((component) => (scores[component] === null ? 0 : 1))
	};
}

function priorities(all: readonly Prepared[], weights: Weights, into: Float64Array): Float64Array {
	const w = components.map((component) => weights[component]);
	for (const [at, { logs, known }] of all.entries()) {
		let sum = 0;
		let total = 0;
		for (let i = 0; i < w.length; i++) {
			sum += (w[i] ?? 0) * (logs[i] ?? 0);
			total += (w[i] ?? 0) * (known[i] ?? 0);
		}
		into[at] = sum / total;
	}
	return into;
}

/** First and last place of each, from its logarithm of priority: equal ones share their places. */
function placesOf(values: Float64Array, order: Uint32Array, first: Uint32Array, last: Uint32Array): void {
	order.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
	let from = 0;
	while (from < order.length) {
		const highest = values[order[from] ?? 0] ?? 0;
		let to = from + 1;
		while (to < order.length && highest - (values[order[to] ?? 0] ?? 0) <= tiny) to++;
		for (let i = from; i < to; i++) {
			first[order[i] ?? 0] = from + 1;
			last[order[i] ?? 0] = to;
		}
		from = to;
	}
}

/**
 * Ranks gaps by priority and says how steady each place is when the weights move by up to 20 %. The same gaps and weights give the same
 * answer every time, in whatever order they come. Gaps that lack a component they need are not ranked: null.
 */
export function rankGaps(all: readonly Scores[], weights: Weights = equalWeights): (Rank | null)[] {
	const ranked = all.flatMap((scores, at) => (missing(scores).length === 0 ? [at] : []));
	const prepared = ranked.flatMap((at) => (all[at] ? [prepare(all[at])] : []));
	const n = prepared.length;
	const [values, order] = [new Float64Array(n), Uint32Array.from({ length: n }, (_, i) => i)];
	const [first, last] = [new Uint32Array(n), new Uint32Array(n)];
	const base = Float64Array.from(priorities(prepared, weights, values));
	placesOf(values, order, first, last);
	const [ownFirst, ownLast] = [Uint32Array.from(first), Uint32Array.from(last)];
	const [held, heldTop] = [new Uint32Array(n), new Uint32Array(n)];
	const [best, worst] = [Uint32Array.from(first), Uint32Array.from(last)];
	const tries = tried(weights);
	for (const weighting of tries) {
		priorities(prepared, weighting, values);
		placesOf(values, order, first, last);
		for (let i = 0; i < n; i++) {
			const [from, to, ownFrom, ownTo] = [first[i] ?? 0, last[i] ?? 0, ownFirst[i] ?? 0, ownLast[i] ?? 0];
			if (from <= ownTo && to >= ownFrom) held[i] = (held[i] ?? 0) + 1;
			if (from <= top === ownFrom <= top) heldTop[i] = (heldTop[i] ?? 0) + 1;
			if (from < (best[i] ?? 0)) best[i] = from;
			if (to > (worst[i] ?? 0)) worst[i] = to;
		}
	}
	const answer: (Rank | null)[] = all.map(() => null);
	for (const [i, at] of ranked.entries()) {
		answer[at] = {
			priority: Math.exp(base[i] ?? 0),
			first: ownFirst[i] ?? 0,
			last: ownLast[i] ?? 0,
			holds: (held[i] ?? 0) / tries.length,
			topHolds: (heldTop[i] ?? 0) / tries.length,
			best: best[i] ?? 0,
			worst: worst[i] ?? 0
		};
	}
	return answer;
}
