import { sql } from 'kysely';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { problem, type Problem } from '#platform/problem.ts';
import { isToken, tokenHash } from './token.server.ts';

/** A round into which answers are sent, as far as receiving has to know it. */
export type OpenRound = {
	readonly programmeId: string;
	readonly roundId: string;
	/** The place that answers are counted for; null when the sender is bound to none. */
	readonly placeId: string | null;
	readonly versionId: string;
};

/** A collection link and its round, as they stood a moment ago. */
export type Link = OpenRound & {
	readonly tokenId: string;
	readonly title: LocalText;
	readonly roundState: string;
	readonly sensitive: boolean;
	readonly revoked: boolean;
	readonly expiresAt: Date | null;
	readonly ceiling: number | null;
	readonly used: number;
};

/** Milliseconds for which a link is not asked for again. The database asks at every write all the same. */
const fresh = 2000;
const most = 2000;
const remembered = new Map<string, { link: Link; until: number }>();

/**
 * The link behind a secret; undefined when there is none. It may have been revoked, have expired or belong to a closed
 * round: `refusal` tells.
 */
export async function findLink(token: string, now = Date.now()): Promise<Link | undefined> {
	if (!isToken(token)) return undefined;
	const hash = tokenHash(token);
	const key = hash.toString('base64');
	const known = remembered.get(key);
	if (known && known.until > now) return known.link;
	const link = await readLink(hash);
	remembered.delete(key);
	if (link === undefined) return undefined;
	const [oldest] = remembered.keys();
	if (remembered.size >= most && oldest !== undefined) remembered.delete(oldest);
	remembered.set(key, { link, until: now + fresh });
	return link;
}

/** Asks for every link again: after the database has refused one that was thought to be good. */
export function forgetLinks(): void {
	remembered.clear();
}

function readLink(hash: Buffer): Promise<Link | undefined> {
	return inTransaction(system('collection'), async (tx) => {
		const row = await tx
			.selectFrom('assessment.collectionToken as t')
			.innerJoin('assessment.round as r', 'r.id', 't.roundId')
			.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
			.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
			.select(['t.id as tokenId', 't.programmeId', 't.roundId', 't.placeId', 'v.id as versionId', 'i.title'])
			.select(['r.state as roundState', 'r.sensitive', 't.revokedAt', 't.expiresAt', 't.ceiling', 't.used'])
			.where('t.tokenHash', '=', hash)
			.executeTakeFirst();
		if (!row) return undefined;
		const { revokedAt, ...link } = row;
		if (revokedAt === null) await sql`select assessment.saw_link(${link.tokenId}::uuid)`.execute(tx);
		return { ...link, revoked: revokedAt !== null };
	});
}

/** Why a link takes nothing (any more): the problem to answer with, or undefined when it is good. */
export function refusal(link: Link | undefined, now = Date.now()): Problem | undefined {
	if (link === undefined) return problem('collection.link-unknown', 403);
	if (link.revoked || (link.expiresAt !== null && link.expiresAt.getTime() <= now)) return problem('collection.link-ended', 403);
	return undefined;
}

/** Why a round takes no answers through this link now; undefined when it does. */
export const roundRefusal = (link: Link): Problem | undefined =>
	link.roundState === 'open' ? undefined : problem('collection.round-closed', 403);
