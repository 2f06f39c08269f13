import type { LocalText } from '#platform/locales.ts';

/** Everything that stands on the thread, in its order. */
export const kinds = [
	'round',
	'figure',
	'quotation',
	'document',
	'score',
	'finding',
	'gap',
	'priority',
	'training',
	'plan',
	'result',
	'recommendation',
	'commitment',
	'change',
	'briefing'
] as const;
export type Kind = (typeof kinds)[number];

/** Status of a commitment as one side last told it. */
export type Told = { readonly status: string; readonly toldOn: string };

/** What the cockpit judges a record by; which of them is there depends on the kind. */
export type RecordFacts = {
	readonly barrier?: string | undefined;
	readonly organisationId?: string | null | undefined;
	readonly endsOn?: string | null | undefined;
	readonly deliveredOn?: string | null | undefined;
	readonly answer?: string | null | undefined;
	readonly answeredOn?: string | null | undefined;
	readonly dueOn?: string | null | undefined;
	readonly authority?: Told | null | undefined;
	readonly civilSociety?: Told | null | undefined;
	readonly roundId?: string | null | undefined;
	readonly n?: number | undefined;
	/** Of a closed gap: the day on which the figures of a later round opened it again. */
	readonly reopenedOn?: string | null | undefined;
};

/** A knot of the thread: a record that this actor may see. */
export type Knot = {
	readonly kind: Kind;
	readonly id: string;
	readonly placeId: string | null;
	readonly number: number;
	readonly title: LocalText;
	readonly state: string;
	/** The date that matters, a plain day in the programme's zone. */
	readonly day: string;
	readonly withdrawnOn: string | null;
	readonly createdBy: string | null;
	readonly facts: RecordFacts;
};

/**
 * How a record cites: of each way that it must rest in, one thing cited must stand. `lineage`: a gap that was merged or split stands under
 * what it became; `met`: the findings by which a gap was closed.
 */
export const ways = ['source', 'evidence', 'ground', 'lineage', 'met'] as const;
export type Way = (typeof ways)[number];

/** A strand: one record cites another. */
export type Strand = { readonly citing: string; readonly cited: string; readonly citedKind: Kind; readonly way: Way };

/** A programme's thread as one actor sees it. What is cited but missing among the knots is there and not open to the actor. */
export type Graph = {
	readonly knots: ReadonlyMap<string, Knot>;
	/** By what cites. */
	readonly restsOn: ReadonlyMap<string, readonly Strand[]>;
	/** By what is cited. */
	readonly carries: ReadonlyMap<string, readonly Strand[]>;
	/** What is cited, not open to the actor, and withdrawn: the day of it, by id. */
	readonly goneUnseen: ReadonlyMap<string, string>;
};

/** Puts knots and strands together. @param gone day of withdrawal of what is cited, by id; what is seen knows it itself */
export function graphOf(knots: readonly Knot[], strands: readonly Strand[], gone: ReadonlyMap<string, string> = new Map()): Graph {
	const seen = new Map(knots.map((knot) => [knot.id, knot]));
	return {
		knots: seen,
		goneUnseen: new Map([...gone].filter(([id]) => !seen.has(id))),
		restsOn: Map.groupBy(strands, (strand) => strand.citing),
		carries: Map.groupBy(strands, (strand) => strand.cited)
	};
}

const fallenStates = new Set(['draft', 'withdrawn', 'cancelled']);

/** Past draft, and not taken back. */
export const isLive = (knot: Knot): boolean => !fallenStates.has(knot.state);

/** A gap that was merged into another or split into others: it is one of them now, and so is what responded to it. */
export const isPassedOn = (knot: Knot): boolean => knot.kind === 'gap' && (knot.state === 'merged' || knot.state === 'split');

/** In which ways each kind must rest; kinds not named are ground themselves. */
const mustRest: Partial<Record<Kind, readonly Way[]>> = {
	finding: ['evidence'],
	gap: ['ground'],
	training: ['ground'],
	plan: ['ground'],
	result: ['ground', 'evidence'],
	recommendation: ['ground'],
	commitment: ['ground'],
	change: ['ground', 'evidence'],
	briefing: ['ground']
};

/** The ways in which a kind must rest. */
export const waysOf = (kind: Kind): readonly Way[] => mustRest[kind] ?? [];

/** The ways in which a record must rest as it is now: one that was passed on stands under what it became. */
const mustRestIn = (knot: Knot): readonly Way[] => (isPassedOn(knot) ? ['lineage'] : waysOf(knot.kind));

/**
 * Which records stand: live, and resting in every way they must on something that stands. Computed once for a whole
 * graph, each record visited once. What the actor may not see counts as standing unless it is known to be withdrawn: whether a
 * finding stands must not depend on who looks.
 * @param gone a record to be taken as withdrawn, for asking what would happen
 */
export function standing(graph: Graph, gone?: string): (id: string) => boolean {
	const known = new Map<string, boolean>();
	const stands = (id: string): boolean => {
		const before = known.get(id);
		if (before !== undefined) return before;
		const knot = graph.knots.get(id);
		if (!knot || id === gone) return id !== gone && !graph.goneUnseen.has(id);
		known.set(id, false); // citations run one way only; should a circle ever stand in the data, nothing stands in it
		const strands = graph.restsOn.get(id) ?? [];
		const answer = isLive(knot) && mustRestIn(knot).every((way) => strands.some((strand) => strand.way === way && stands(strand.cited)));
		known.set(id, answer);
		return answer;
	};
	return stands;
}

/** Everything that rests on a record, directly or through others, nearest first. */
export function above(graph: Graph, id: string): Knot[] {
	return walk(id, (at) => (graph.carries.get(at) ?? []).map((strand) => strand.citing)).flatMap((each) => graph.knots.get(each) ?? []);
}

/** Everything that a record rests on, directly or through others, nearest first; what is not open to the actor among it. */
export function below(graph: Graph, id: string): { id: string; kind: Kind }[] {
	const kindOf = new Map<string, Kind>();
	const ids = walk(id, (at) =>
		(graph.restsOn.get(at) ?? []).map((strand) => {
			kindOf.set(strand.cited, strand.citedKind);
			return strand.cited;
		})
	);
	return ids.flatMap((each) => {
		const kind = kindOf.get(each);
		return kind ? [{ id: each, kind }] : [];
	});
}

function walk(from: string, next: (id: string) => string[]): string[] {
	const seen = new Set([from]);
	const queue = [from];
	for (const id of queue) {
		for (const to of next(id)) {
			if (seen.has(to)) continue;
			seen.add(to);
			queue.push(to);
		}
	}
	return queue.slice(1);
}

/**
 * Since when nothing of these stands: the day on which the last of them fell. A record fell when it was withdrawn, or when it lost the last thing
 * that it rested on in one of the ways it must, whichever came first. Undefined while something stands, or when no day is known.
 */
export function fellOn(graph: Graph, ids: readonly string[]): string | undefined {
	const known = new Map<string, string | undefined>();
	const fell = (id: string): string | undefined => {
		if (known.has(id)) return known.get(id);
		known.set(id, undefined);
		const knot = graph.knots.get(id);
		const own = knot ? knot.withdrawnOn : graph.goneUnseen.get(id);
		const days = own ? [own] : [];
		for (const way of knot ? mustRestIn(knot) : []) {
			const strands = (graph.restsOn.get(id) ?? []).filter((strand) => strand.way === way);
			const lost = lastOf(strands.map((strand) => fell(strand.cited)));
			if (lost !== undefined) days.push(lost);
		}
		const first = days.sort()[0];
		known.set(id, first);
		return first;
	};
	return lastOf(ids.map(fell));
}

/** The last of some days; undefined when one of them is. */
const lastOf = (days: readonly (string | undefined)[]): string | undefined => (days.includes(undefined) ? undefined : [...days].sort().at(-1));

/** What becomes of the records above one that is withdrawn. */
export type Downstream = {
	/** Live, and now resting on nothing in some way they must. */
	readonly fallen: Knot[];
	/** Lost a ground, and stand on another. */
	readonly weakened: Knot[];
};

/**
 * What stands on nothing when a record is withdrawn, transitively. The same before and after: the record is taken as
 * withdrawn whatever its state. Nearest first.
 */
export function downstreamOf(graph: Graph, id: string): Downstream {
	const stands = standing(graph, id);
	const live = above(graph, id).filter(isLive);
	const fallen = live.filter((knot) => !stands(knot.id));
	const lost = new Set([id, ...fallen.map((knot) => knot.id)]);
	const weakened = live.filter((knot) => stands(knot.id) && (graph.restsOn.get(knot.id) ?? []).some((strand) => lost.has(strand.cited)));
	return { fallen, weakened };
}
