import { sql } from 'kysely';
import { z } from 'zod';
import { system } from '#platform/actor.ts';
import { codeOf } from '#platform/codes.ts';
import { inTransaction, type Tx } from '#platform/database.server.ts';
import { record } from '#platform/journal.server.ts';
import { localText, localTextSchema, type LocalText, type Locale } from '#platform/locales.ts';
import { problem } from '#platform/problem.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { isToken, tokenHash } from '#modules/assessment/collection/token.server.ts';
import { modelOf, type Model } from './edm.ts';

/** A feed as it reads: its round, the model of its tables. */
export type Feed = {
	readonly feedId: string;
	readonly roundId: string;
	readonly programmeId: string;
	readonly name: LocalText;
	readonly code: string;
	readonly version: string;
	readonly model: Model;
	readonly placeNames: Readonly<Record<string, string>>;
	readonly placeCodes: Readonly<Record<string, string>>;
	/** Choices are shown by their labels. */
	readonly labels: boolean;
};

/**
 * The feed behind a secret. Asked of the database each time: a feed that was ended answers nothing more, at once.
 * @returns the feed's id and its round, or null when there is none that works
 */
export async function findFeed(secret: string): Promise<{ feedId: string; roundId: string } | null> {
	if (!isToken(secret)) return null;
	return inTransaction(system('exports'), async (tx) => {
		const { rows } = await sql<{ feedId: string; roundId: string }>`update assessment.answer_feed f set last_used_at = now() where f.token_hash = ${tokenHash(secret)} and f.revoked_at is null and f.expires_at > now()
				and (f.last_used_at is null or f.last_used_at < now() - interval '1 minute') returning f.id as feed_id, f.round_id`.execute(tx);
		if (rows[0]) return rows[0];
		const found = await sql<{ feedId: string; roundId: string }>`select f.id as feed_id, f.round_id from assessment.answer_feed f
			where f.token_hash = ${tokenHash(secret)} and f.revoked_at is null and f.expires_at > now()`.execute(tx);
		return found.rows[0] ?? null;
	});
}

const places = z.record(z.string(), z.object({ name: localTextSchema, code: z.string().nullable() }));
type Form = Omit<Feed, 'feedId' | 'labels'>;

/** Questionnaires and places are asked for anew after a minute; whether the feed may read is asked every time. */
const fresh = 60_000;
const most = 20;
const remembered = new Map<string, { form: Form; until: number }>();

/**
 * What a feed reads, as the feed itself. @param labels key of a language: choices by their labels, place names too
 * @throws Problem `odata.feed-ended` (401) when whoever made it may not read the round any more
 */
export async function openFeed(tx: Tx, feedId: string, labels: string | null, locale: Locale): Promise<Feed> {
	const { rows } = await sql<{ round: string | null }>`select assessment.fed_round() as round`.execute(tx);
	const roundId = rows[0]?.round;
	if (!roundId) throw problem('odata.feed-ended', 401);
	const key = [roundId, labels ?? '', locale].join(' ');
	const known = remembered.get(key);
	if (known && known.until > Date.now()) return { ...known.form, feedId, labels: labels !== null };
	const form = await readForm(tx, labels, locale);
	remembered.delete(key);
	const [oldest] = remembered.keys();
	if (remembered.size >= most && oldest !== undefined) remembered.delete(oldest);
	remembered.set(key, { form, until: Date.now() + fresh });
	return { ...form, feedId, labels: labels !== null };
}

async function readForm(tx: Tx, labels: string | null, locale: Locale): Promise<Form> {
	const { rows } = await sql<{ roundId: string; programmeId: string; number: number; name: LocalText; version: string; model: unknown; places: unknown }>`select * from assessment.fed_form()`.execute(tx);
	const [found] = rows;
	if (!found) throw problem('odata.feed-ended', 401);
	const instrument = instrumentSchema.parse(found.model);
	const known = Object.entries(places.parse(found.places));
	return {
		roundId: found.roundId, programmeId: found.programmeId, name: found.name, code: codeOf('round', found.number), version: found.version,
		model: modelOf(instrument, labels ?? instrument.defaultLanguage),
		placeNames: Object.fromEntries(known.map(([id, { name }]) => [id, localText(name, locale).text])),
		placeCodes: Object.fromEntries(known.flatMap(([id, { code }]) => (code === null ? [] : [[id, code]])))
	};
}

/** Writes that a feed has read so many rows of a set. */
export const noteReading = (tx: Tx, feed: Feed, what: { set: string; rows: number; query: string }): Promise<void> =>
	record(tx, 'feed.read', feed.programmeId, { table: 'assessment.round', id: feed.roundId, after: what });
