import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { asActor, type Tx } from '../database.server.ts';
import { newId } from '../ids.ts';
import { record } from '../journal.server.ts';
import { notFound } from '../problem.ts';
import { longestHours, tokenHash } from '../session.server.ts';

const newToken = (): string => randomBytes(32).toString('base64url');

/** Writes an entry as the person whose sign-in it is, though the task `sign-in` does the work. */
const recordFor = (tx: Tx, personId: string, verb: string, id: string): Promise<void> =>
	asActor(tx, { kind: 'person', personId }, () => record(tx, verb, null, { table: 'platform.session', id }));

/**
 * Opens a session under a new token; the session that this browser had before ends, so that nobody can slip a token in
 * beforehand. Runs as `sign-in`.
 * @param before the token in the browser's cookie, if any
 * @returns the token for the cookie; only its hash is kept
 */
export async function openSession(tx: Tx, personId: string, { label, now, before }: { label: string; now: Date; before?: string | undefined }): Promise<string> {
	if (before) await tx.updateTable('platform.session').set({ endedAt: now }).where('tokenHash', '=', tokenHash(before)).where('endedAt', 'is', null).execute();
	const token = newToken();
	const id = newId();
	await tx
		.insertInto('platform.session')
		.values({ id, tokenHash: tokenHash(token), personId, createdAt: now, lastSeenAt: now, strongAt: now, deviceLabel: label.slice(0, 100) })
		.execute();
	await recordFor(tx, personId, 'session.open', id);
	return token;
}

/** Notes that the person has proved presence again, unlocks, and gives the session a new token. Runs as `sign-in`. */
export async function renewSession(tx: Tx, session: { sessionId: string; personId: string }, { strong, now }: { strong: boolean; now: Date }): Promise<string> {
	const token = newToken();
	await tx
		.updateTable('platform.session')
		.set({ tokenHash: tokenHash(token), lockedAt: null, lastSeenAt: now, ...(strong ? { strongAt: now } : {}) })
		.where('id', '=', session.sessionId)
		.where('endedAt', 'is', null)
		.execute();
	await recordFor(tx, session.personId, strong ? 'session.step-up' : 'session.unlock', session.sessionId);
	return token;
}

/** Ends one of a person's sessions. Runs as `sign-in`. @throws Problem `not-found` when it is not hers or has ended */
export async function endSession(tx: Tx, personId: string, sessionId: string, now: Date): Promise<void> {
	const done = await tx
		.updateTable('platform.session')
		.set({ endedAt: now })
		.where('id', '=', sessionId)
		.where('personId', '=', personId)
		.where('endedAt', 'is', null)
		.executeTakeFirst();
	if (done.numUpdatedRows !== 1n) throw notFound();
	await recordFor(tx, personId, 'session.end', sessionId);
}

/** Ends all of a person's sessions but one. Runs as `sign-in`. @returns how many ended */
export async function endOtherSessions(tx: Tx, personId: string, keep: string | null, now: Date): Promise<number> {
	const { rows } = await sql<{ id: string }>`update platform.session set ended_at = ${now}
		where person_id = ${personId} and ended_at is null and id is distinct from ${keep}::uuid returning id`.execute(tx);
	for (const { id } of rows) await recordFor(tx, personId, 'session.end', id);
	return rows.length;
}

/** Sessions of the acting person that are open, the last used first. */
export const mySessions = (tx: Tx, personId: string, now: Date) =>
	tx
		.selectFrom('platform.session')
		.select(['id', 'deviceLabel', 'createdAt', 'lastSeenAt', 'lockedAt'])
		.where('personId', '=', personId)
		.where('endedAt', 'is', null)
		.where('createdAt', '>', new Date(now.getTime() - longestHours * 3_600_000))
		.orderBy('lastSeenAt', 'desc')
		.execute();
