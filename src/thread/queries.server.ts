import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { reopenedGaps } from '#modules/gaps/watch/queries.server.ts';
import type { Reading } from '#modules/gaps/watch/watch.ts';
import { dayIn } from './days.ts';
import { above, below, downstreamOf, graphOf, kinds, standing, ways, type Downstream, type Graph, type Kind, type Knot, type Strand } from './graph.ts';
import { brokenFirst, statesOf, type Clock, type GapState, type Trouble } from './state.ts';

const told = z.object({ status: z.string(), toldOn: z.string() }).nullish();
const text = z.string().nullish();
const facts = z.object({
	barrier: z.string().optional(),
	organisationId: text,
	endsOn: text,
	deliveredOn: text,
	answer: text,
	answeredOn: text,
	dueOn: text,
	authority: told,
	civilSociety: told,
	roundId: text,
	n: z.number().optional()
});
const strandList = z.array(z.tuple([z.string(), z.enum(kinds), z.enum(ways), z.string().nullable()]));
const kindOf = z.enum(kinds);

type Row = {
	timeZone: string;
	kind: string;
	id: string;
	placeId: string | null;
	number: number;
	title: LocalText;
	state: string;
	day: string;
	withdrawnOn: string | null;
	createdBy: string | null;
	facts: unknown;
	cites: unknown;
};

/**
 * A programme's thread as the actor may see it, in one statement (a few more where gaps are closed and watched by later figures): every
 * record with what it cites. The fences of the tables beneath apply; a citation is seen where the record that cites is seen.
 */
export async function loadThread(tx: Tx, programmeId: string): Promise<Graph> {
	const { rows } = await sql<Row>`
		with strands as materialized (
			select c.citing_id, jsonb_agg(jsonb_build_array(c.cited_id, c.cited_kind, c.way, (gone.withdrawn_at at time zone zone.time_zone)::date)) as cites
			from (select programme_id, citing_id, cited_id, cited_kind, way from thread.citation
				union all select programme_id, citing_id, cited_id, cited_kind, way from thread.gap_strand) c
			join network.programme zone on zone.id = c.programme_id left join assessment.withdrawn_evidence(${programmeId}::uuid) gone on gone.id = c.cited_id
			where c.programme_id = ${programmeId}::uuid group by c.citing_id)
		select p.time_zone, r.kind, r.id, r.place_id, r.number, r.title, r.state, coalesce(r.day, (r.at at time zone p.time_zone)::date) as day,
			(r.withdrawn_at at time zone p.time_zone)::date as withdrawn_on, r.created_by, r.facts, s.cites
		from thread.record r join network.programme p on p.id = r.programme_id left join strands s on s.citing_id = r.id
		where r.programme_id = ${programmeId}::uuid`.execute(tx);
	const knots: Knot[] = [];
	const strands: Strand[] = [];
	const gone = new Map<string, string>();
	const reopened = rows.some((row) => row.kind === 'gap' && row.state === 'closed') ? await reopenedGaps(tx, programmeId) : new Map<string, Reading>();
	for (const { cites, timeZone, ...knot } of rows) {
		const again = reopened.get(knot.id)?.next?.countedAt;
		knots.push({ ...knot, kind: kindOf.parse(knot.kind), facts: { ...facts.parse(knot.facts), ...(again ? { reopenedOn: dayIn(again, timeZone) } : {}) } });
		for (const [cited, citedKind, way, withdrawnOn] of strandList.parse(cites ?? [])) {
			strands.push({ citing: knot.id, cited, citedKind, way });
			if (withdrawnOn !== null) gone.set(cited, withdrawnOn);
		}
	}
	return graphOf(knots, strands, gone);
}

/** What would, or does, stand on nothing once a record is withdrawn. Lists only what the actor may see. */
export async function downstream(tx: Tx, programmeId: string, id: string): Promise<Downstream> {
	return downstreamOf(await loadThread(tx, programmeId), id);
}

/** A record that can be cited, as a choice in a form. */
export type Citable = { id: string; kind: Kind; number: number; title: LocalText; state: string };

/** Records of some kinds that the actor sees and that are not withdrawn: what a form offers for citing. Newest first. */
export async function citable(tx: Tx, programmeId: string, wanted: readonly Kind[]): Promise<Citable[]> {
	const { rows } = await sql<Omit<Citable, 'kind'> & { kind: string }>`select id, kind, number, title, state from thread.record
		where programme_id = ${programmeId}::uuid and kind = any(${[...wanted]}::text[]) and state not in ('withdrawn', 'cancelled', 'merged', 'split')
		order by number desc limit 2000`.execute(tx);
	return rows.map((row) => ({ ...row, kind: kindOf.parse(row.kind) }));
}

/** A round at the far end of a thread: how many answers it has, and whether this actor may open them row by row. */
export type AnswersBehind = { roundId: string; submissions: number; open: boolean };

/** The answers behind some rounds: a count for members, the rows for named analysts only. */
export async function answersBehind(tx: Tx, roundIds: readonly string[]): Promise<AnswersBehind[]> {
	if (roundIds.length === 0) return [];
	const { rows } = await sql<{ roundId: string; submissions: string; open: boolean }>`select r.id as round_id, got.submissions,
			r.id = any(assessment.analysed_rounds()) as open
		from assessment.round r cross join lateral assessment.received(r.id) got where r.id = any(${[...roundIds]}::uuid[])`.execute(tx);
	return rows.map((row) => ({ ...row, submissions: Number(row.submissions) }));
}

/** The parts of a thread page, from the answers to the change. */
export const parts = ['answers', 'sources', 'evidence', 'gap', 'response', 'result', 'recommendation', 'commitment', 'change', 'briefing'] as const;
export type Part = (typeof parts)[number];

const partOf: Record<Kind, Part> = {
	round: 'answers',
	figure: 'sources',
	quotation: 'sources',
	document: 'sources',
	score: 'sources',
	finding: 'evidence',
	gap: 'gap',
	priority: 'gap',
	training: 'response',
	plan: 'response',
	result: 'result',
	recommendation: 'recommendation',
	commitment: 'commitment',
	change: 'change',
	briefing: 'briefing'
};

/** The whole thread of one record, in both directions. */
export type WholeThread = {
	readonly here: Knot;
	readonly graph: Graph;
	readonly stands: (id: string) => boolean;
	/** Every part in order; `hidden` counts records that are cited there and not open to the actor. */
	readonly parts: readonly { part: Part; knots: readonly Knot[]; hidden: number }[];
	/** By round. */
	readonly answers: ReadonlyMap<string, AnswersBehind>;
};

/**
 * The thread of a record in both directions: down to the answers it rests on, up to the change. Null when the record is
 * not there for this actor. Two statements.
 */
export async function threadOf(tx: Tx, programmeId: string, id: string): Promise<WholeThread | null> {
	const graph = await loadThread(tx, programmeId);
	const here = graph.knots.get(id);
	if (!here) return null;
	const upward = above(graph, id);
	// What a change or a result further up cites as its own evidence belongs to the thread as well.
	const under = [id, ...upward.map((knot) => knot.id)].flatMap((each) => (each === id ? below(graph, each) : evidenceOf(graph, each)));
	const downward = new Map(under.map((each) => [each.id, each.kind]));
	const around = [here, ...upward, ...[...downward.keys()].flatMap((each) => graph.knots.get(each) ?? [])];
	const unique = [...new Map(around.map((knot) => [knot.id, knot])).values()];
	const hidden = [...downward].filter(([each]) => !graph.knots.has(each));
	const answers = await answersBehind(tx, unique.filter((knot) => knot.kind === 'round').map((knot) => knot.id));
	return {
		here,
		graph,
		stands: standing(graph),
		parts: parts.map((part) => ({
			part,
			knots: unique.filter((knot) => partOf[knot.kind] === part).sort((a, b) => dayOf(a).localeCompare(dayOf(b)) || a.number - b.number),
			hidden: hidden.filter(([, kind]) => partOf[kind] === part).length
		})),
		answers: new Map(answers.map((each) => [each.roundId, each]))
	};
}

/** A round may have no days yet: it comes first. */
const dayOf = ({ day }: { readonly day: string | null }): string => day ?? '';

const evidenceOf = (graph: Graph, id: string): { id: string; kind: Kind }[] =>
	(graph.restsOn.get(id) ?? [])
		.filter((strand) => strand.way === 'evidence')
		.flatMap((strand) => [{ id: strand.cited, kind: strand.citedKind }, ...below(graph, strand.cited)]);

/** What the cockpit is narrowed to. */
export type CockpitFilter = { readonly places?: ReadonlySet<string> | undefined; readonly barrier?: string | undefined; readonly organisation?: string | undefined };

/** The seven steps of every gap that passes the filter, broken first. One statement, however many gaps. */
export async function stateOfGaps(tx: Tx, programmeId: string, clock: Clock, filter: CockpitFilter = {}): Promise<GapState[]> {
	return statesOf(await loadThread(tx, programmeId), clock)
		.filter(({ gap, organisations }) => {
			if (filter.places && !(gap.placeId !== null && filter.places.has(gap.placeId))) return false;
			if (filter.barrier && gap.facts.barrier !== filter.barrier) return false;
			return !filter.organisation || organisations.includes(filter.organisation);
		})
		.sort(brokenFirst);
}

/** Something that waits for the acting person. */
export type Waiting = { readonly knot: Knot; readonly what: 'draft' | 'answer' | 'due' | 'broken'; readonly day: string; readonly troubles?: readonly Trouble[] | undefined };

/**
 * What waits for a person: own drafts; for officials, recommendations to their organisations without an answer and
 * commitments of theirs that are not told to be done; for coordinators, broken threads. Oldest first. One statement.
 * @param speaksFor organisations that the person is an official of
 */
export async function waitingFor(
	tx: Tx,
	programmeId: string,
	who: { personId: string; speaksFor: ReadonlySet<string>; coordinates: boolean },
	clock: Clock
): Promise<Waiting[]> {
	const graph = await loadThread(tx, programmeId);
	const waiting: Waiting[] = [];
	for (const knot of graph.knots.values()) {
		const theirs = knot.facts.organisationId ? who.speaksFor.has(knot.facts.organisationId) : false;
		if (knot.state === 'draft' && knot.createdBy === who.personId && knot.kind !== 'round') waiting.push({ knot, what: 'draft', day: knot.day });
		if (knot.kind === 'recommendation' && knot.state === 'delivered' && theirs) waiting.push({ knot, what: 'answer', day: knot.day });
		if (knot.kind === 'commitment' && knot.state === 'made' && (theirs || who.coordinates) && knot.facts.authority?.status !== 'done') {
			waiting.push({ knot, what: 'due', day: knot.facts.dueOn ?? knot.day });
		}
	}
	if (who.coordinates) {
		for (const { gap, worst, troubles } of statesOf(graph, clock)) {
			if (worst.state === 'broken') waiting.push({ knot: gap, what: 'broken', day: worst.since ?? gap.day, troubles });
		}
	}
	return waiting.sort((a, b) => a.day.localeCompare(b.day) || a.knot.id.localeCompare(b.knot.id));
}

/** Records by their ids, as far as the actor sees them. */
export async function recordsById(tx: Tx, programmeId: string, ids: readonly string[]): Promise<Citable[]> {
	if (ids.length === 0) return [];
	const { rows } = await sql<Omit<Citable, 'kind'> & { kind: string }>`select id, kind, number, title, state from thread.record
		where programme_id = ${programmeId}::uuid and id = any(${[...ids]}::uuid[])`.execute(tx);
	return rows.map((row) => ({ ...row, kind: kindOf.parse(row.kind) }));
}
