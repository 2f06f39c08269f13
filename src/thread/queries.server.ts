import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { downstreamOf, graphOf, kinds, type Downstream, type Graph, type Kind, type Knot, type Strand } from './graph.ts';

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
const strandList = z.array(z.tuple([z.string(), z.enum(kinds), z.enum(['source', 'evidence', 'ground'])]));
const kindOf = z.enum(kinds);

type Row = {
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
 * A programme's thread as the actor may see it, in one statement: every record with what it cites. The fences of the
 * tables beneath apply; a citation is seen where the record that cites is seen.
 */
export async function loadThread(tx: Tx, programmeId: string): Promise<Graph> {
	const { rows } = await sql<Row>`
		with strands as materialized (
			select citing_id, jsonb_agg(jsonb_build_array(cited_id, cited_kind, way)) as cites
			from thread.citation where programme_id = ${programmeId}::uuid group by citing_id)
		select r.kind, r.id, r.place_id, r.number, r.title, r.state, coalesce(r.day, (r.at at time zone p.time_zone)::date) as day,
			(r.withdrawn_at at time zone p.time_zone)::date as withdrawn_on, r.created_by, r.facts, s.cites
		from thread.record r join network.programme p on p.id = r.programme_id left join strands s on s.citing_id = r.id
		where r.programme_id = ${programmeId}::uuid`.execute(tx);
	const knots: Knot[] = [];
	const strands: Strand[] = [];
	for (const { cites, ...knot } of rows) {
		knots.push({ ...knot, kind: kindOf.parse(knot.kind), facts: facts.parse(knot.facts) });
		for (const [cited, citedKind, way] of strandList.parse(cites ?? [])) strands.push({ citing: knot.id, cited, citedKind, way });
	}
	return graphOf(knots, strands);
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
		where programme_id = ${programmeId}::uuid and kind = any(${[...wanted]}::text[]) and state not in ('withdrawn', 'cancelled')
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
