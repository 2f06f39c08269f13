import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { personIn } from '#platform/record.server.ts';
import type { VoteFields } from './session.ts';

const joinable = new Set(['draft', 'scoring', 'shown']);

/** Takes part in a session under one's own name; joining twice changes nothing. @returns the voice @throws Problem `session.over` (409) */
export async function joinSession(tx: Tx, permit: Permit<'session.join'>): Promise<string> {
	const { id: sessionId } = permit.subject;
	const personId = personIn(permit);
	if (personId === null) throw problem('not-permitted', 403);
	const there = await tx.selectFrom('gaps.voice').select('id').where('sessionId', '=', sessionId).where('personId', '=', personId).executeTakeFirst();
	if (there) return there.id;
	return addVoice(tx, permit, { personId, label: null, enteredBy: personId });
}

/** Adds a sheet of paper, which who moderates fills in for somebody without an account. @throws Problem `session.over` (409) */
export async function enterSheet(tx: Tx, permit: Permit<'session.enter-sheet'>, label: string): Promise<string> {
	const enteredBy = personIn(permit);
	if (enteredBy === null) throw problem('not-permitted', 403);
	return addVoice(tx, permit, { personId: null, label, enteredBy });
}

async function addVoice(tx: Tx, permit: Permit<'session.join' | 'session.enter-sheet'>, who: { personId: string | null; label: string | null; enteredBy: string }): Promise<string> {
	const { id: sessionId, programmeId } = permit.subject;
	const session = await tx.selectFrom('gaps.session').select('state').where('id', '=', sessionId).executeTakeFirstOrThrow();
	if (!joinable.has(session.state)) throw problem('session.over', 409);
	const id = newId();
	await tx
		.insertInto('gaps.voice')
		.values({ id, programmeId, sessionId, ...who, joinedAt: momentOf(tx) })
		.onConflict((on) => on.columns(['sessionId', 'personId']).doNothing())
		.execute();
	if (who.personId !== null) {
		// Two phones of one person that join at once are one voice.
		const mine = await tx.selectFrom('gaps.voice').select('id').where('sessionId', '=', sessionId).where('personId', '=', who.personId).executeTakeFirstOrThrow();
		if (mine.id !== id) return mine.id;
	}
	await journal(tx, permit, { table: 'gaps.voice', id, after: { sessionId, ...who } });
	return id;
}

/**
 * Keeps how a voice scores one gap in this turn; sent again it replaces what was there.
 * @throws Problem the database refuses `session.not-scoring` when the turn is over
 */
export async function castVote(tx: Tx, permit: Permit<'session.vote'>, { gapId, severity, feasibility, note }: VoteFields): Promise<void> {
	const { id: voiceId, programmeId } = permit.subject;
	const { sessionId, turn } = await tx
		.selectFrom('gaps.voice as v')
		.innerJoin('gaps.session as s', 's.id', 'v.sessionId')
		.select(['v.sessionId', 's.turn'])
		.where('v.id', '=', voiceId)
		.executeTakeFirstOrThrow();
	const said = { severity, feasibility, note, updatedAt: momentOf(tx) };
	await tx
		.insertInto('gaps.vote')
		.values({ programmeId, sessionId, voiceId, gapId, turn, ...said })
		.onConflict((on) => on.columns(['voiceId', 'gapId', 'turn']).doUpdateSet(said))
		.execute();
	await journal(tx, permit, { table: 'gaps.vote', id: voiceId, after: { gapId, turn, ...said } });
}
