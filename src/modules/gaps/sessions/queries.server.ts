import { sql } from 'kysely';
import { actorOf, type Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { shownNameIfAny } from '#platform/shown-name.ts';
import { countsOf, spreadOf, type Judged, type Spread } from './session.ts';

/** The sessions of a programme, newest first, with how many gaps and voices each has. */
export const listSessions = (tx: Tx, programmeId: string) =>
	tx
		.selectFrom('gaps.session as s')
		.leftJoin('network.place as p', 'p.id', 's.placeId')
		.select(['s.id', 's.number', 's.title', 's.state', 's.turn', 's.createdAt', 'p.name as place'])
		.select((eb) => [
			eb.selectFrom('gaps.sessionGap as g').whereRef('g.sessionId', '=', 's.id').select(sql<number>`count(*)::int`.as('n')).as('gaps'),
			eb.selectFrom('gaps.voice as v').whereRef('v.sessionId', '=', 's.id').select(sql<number>`count(*)::int`.as('n')).as('voices')
		])
		.where('s.programmeId', '=', programmeId)
		.orderBy('s.number', 'desc')
		.execute();

/** A gap as a session shows it. */
export type SessionGap = { id: string; number: number; title: LocalText; forWhom: LocalText; description: LocalText; barrier: string; state: string; position: number; severity: string | null; feasibility: string | null; dissent: unknown };

/** A session with its gaps, as far as they are open to the actor, and who takes part. @throws Problem `not-found` */
export async function getSession(tx: Tx, programmeId: string, id: string) {
	const session = await tx
		.selectFrom('gaps.session as s')
		.leftJoin('network.place as p', 'p.id', 's.placeId')
		.leftJoin('network.person as a', 'a.id', 's.createdBy')
		.selectAll('s')
		.select(['p.name as place', shownNameIfAny('a').as('madeBy')])
		.where('s.id', '=', id)
		.where('s.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!session) throw notFound();
	const gaps: SessionGap[] = await tx
		.selectFrom('gaps.sessionGap as c')
		.innerJoin('gaps.gap as g', 'g.id', 'c.gapId')
		.select(['g.id', 'g.number', 'g.title', 'g.forWhom', 'g.description', 'g.barrier', 'g.state', 'c.position', 'c.severity', 'c.feasibility', 'c.dissent'])
		.where('c.sessionId', '=', id)
		.orderBy('c.position')
		.execute();
	const voices = await tx
		.selectFrom('gaps.voice as v')
		.leftJoin('network.person as p', 'p.id', 'v.personId')
		.select(['v.id', 'v.personId', 'v.label', 'v.enteredBy', shownNameIfAny('p').as('name')])
		.where('v.sessionId', '=', id)
		.orderBy('v.joinedAt')
		.orderBy('v.id')
		.execute();
	return { session, gaps, voices };
}

/** The session of a code. @throws Problem `not-found` */
export async function sessionByCode(tx: Tx, programmeId: string, code: string): Promise<string> {
	const found = await tx.selectFrom('gaps.session').select('id').where('programmeId', '=', programmeId).where('code', '=', code).executeTakeFirst();
	if (!found) throw notFound();
	return found.id;
}

/** How many take part, and how many of them have scored every gap of this turn. */
export async function progressOf(tx: Tx, sessionId: string): Promise<{ voices: number; whole: number }> {
	const { rows } = await sql<{ voices: string; whole: string }>`select * from gaps.session_progress(${sessionId})`.execute(tx);
	return { voices: Number(rows[0]?.voices ?? 0), whole: Number(rows[0]?.whole ?? 0) };
}

export type GapSpread = { readonly gapId: string; readonly turn: number } & Readonly<Record<Judged, Spread>>;

/** The spread of every gap in every turn that is over. */
export async function spreadsOf(tx: Tx, sessionId: string): Promise<GapSpread[]> {
	const { rows } = await sql<{ gapId: string; turn: number; component: string; value: number; voices: string }>`select * from gaps.spread(${sessionId})`.execute(tx);
	const groups = Map.groupBy(rows, (row) => `${row.gapId} ${row.turn}`);
	return [...groups.values()].flatMap((group) => {
		const [first] = group;
		const spread = (component: Judged): Spread => spreadOf(countsOf(group.filter((row) => row.component === component).map((row) => ({ value: row.value, voices: Number(row.voices) }))));
		return first ? [{ gapId: first.gapId, turn: first.turn, severity: spread('severity'), feasibility: spread('feasibility') }] : [];
	});
}

/** What was noted beside the scores in turns that are over. */
export async function notesOf(tx: Tx, sessionId: string): Promise<{ gapId: string; turn: number; note: string }[]> {
	return (await sql<{ gapId: string; turn: number; note: string }>`select * from gaps.session_notes(${sessionId})`.execute(tx)).rows;
}

/** The acting person's voice in a session, if they take part. */
export async function myVoice(tx: Tx, sessionId: string): Promise<string | null> {
	const actor = actorOf(tx);
	if (actor.kind !== 'person') return null;
	const found = await tx.selectFrom('gaps.voice').select('id').where('sessionId', '=', sessionId).where('personId', '=', actor.personId).executeTakeFirst();
	return found?.id ?? null;
}

/** What a voice has said, of this turn and the one before: row security shows a voice to whoever entered it. */
export const votesOf = (tx: Tx, voiceId: string, turn: number) =>
	tx.selectFrom('gaps.vote').select(['gapId', 'turn', 'severity', 'feasibility', 'note']).where('voiceId', '=', voiceId).where('turn', 'in', [turn, turn - 1]).execute();
