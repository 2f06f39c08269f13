import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { system } from './actor.ts';
import { inTransaction } from './database.server.ts';
import type { Locale } from './locale.ts';

/** A session under which somebody is signed in. */
export type SignedIn = {
	readonly sessionId: string;
	readonly personId: string;
	readonly displayName: string;
	/** The last time that the person proved presence again (step-up), or null. */
	readonly strongAt: Date | null;
	/** Locked by idleness or by the person: the session is theirs but shows nothing until unlocked. */
	readonly locked: boolean;
	readonly installationAdministrator: boolean;
};

/** Minutes without a request after which a session locks. */
export const idleMinutes = 20;
/** Hours after which a session ends, whatever happens in it. */
export const longestHours = 12;

/** The hash under which a secret token (session, invitation, link) is kept. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/**
 * Finds the session of a cookie and notes that it was used. Null for an unknown, ended or outlived one.
 * @param token the cookie's value
 * @param unattended the page asks by itself: nobody need be there, so the idle time goes on
 * @param locale in which a person made up by a demonstration is named
 */
export async function readSession(token: string | undefined, { unattended = false, locale }: { unattended?: boolean; locale?: Locale } = {}): Promise<SignedIn | null> {
	if (!token || token.length > 200) return null;
	return inTransaction(system('sign-in', locale), async (tx) => {
		const { rows } = await sql<{
			sessionId: string;
			personId: string;
			displayName: string;
			strongAt: Date | null;
			lockedAt: Date | null;
			idle: boolean;
			installationAdministrator: boolean;
		}>`select s.id as session_id, s.person_id, network.shown_name(p) as display_name, s.strong_at, s.locked_at, a.installation_administrator,
				s.last_seen_at < now() - ${`${idleMinutes} minutes`}::interval as idle
			from platform.session s join platform.account a on a.person_id = s.person_id join network.person p on p.id = s.person_id
			where s.token_hash = ${tokenHash(token)} and s.ended_at is null and a.disabled_at is null
				and s.created_at > now() - ${`${longestHours} hours`}::interval`.execute(tx);
		const session = rows[0];
		if (!session) return null;
		const locked = session.lockedAt !== null || session.idle;
		// Once a minute is enough: a page must not cost a write.
		await sql`update platform.session set
				last_seen_at = case when ${locked || unattended} then last_seen_at else clock_timestamp() end,
				locked_at = case when ${locked} then coalesce(locked_at, clock_timestamp()) end
			where id = ${session.sessionId} and ((last_seen_at < now() - interval '1 minute' and not ${unattended}) or (${locked} and locked_at is null))`.execute(tx);
		const { sessionId, personId, displayName, strongAt, installationAdministrator } = session;
		return { sessionId, personId, displayName, strongAt, locked, installationAdministrator };
	});
}
