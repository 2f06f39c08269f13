import { sql } from 'kysely';
import { z } from 'zod';
import { system } from '#platform/actor.ts';
import { inTransaction, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { atOnce, type Course } from '#platform/jobs.server.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { answersSchema } from '#modules/assessment/answers.ts';
import { flagSchema } from '#modules/assessment/collection/recheck.ts';
import { observe, watchedOf, type Observation, type Watched } from './observe.ts';
import { findFlags, type Found } from './rules.ts';

/** Submissions that are compared with each other at most; of a larger round, the newest. */
export const mostCompared = 100_000;
const pageSize = 1000;
/** Minutes between two looks for each thousand submissions: a large round is not read anew every minute. */
const minutesPerThousand = 1;

/** Holds the rules of quality against every round that has something new. @returns how many rounds were looked at */
export async function lookAtRounds(course: Course = atOnce): Promise<number> {
	const { rows } = await inTransaction(system('quality'), (tx) => sql<{ roundId: string; counted: string }>`select * from assessment.rounds_to_look()`.execute(tx));
	let looked = 0;
	for (const { roundId, counted } of rows) {
		if (course.signal.aborted) break;
		if (await inTransaction(system('quality'), (tx) => lookAtRound(tx, roundId, Number(counted), course))) looked += 1;
		await course.pace();
	}
	return looked;
}

/** Looks at one round; one at a time. @returns false when it was looked at so lately that it waits */
async function lookAtRound(tx: Tx, roundId: string, counted: number, course: Course): Promise<boolean> {
	await sql`select pg_advisory_xact_lock(7271003, hashtext(${roundId}))`.execute(tx);
	const before = await tx.selectFrom('assessment.roundLook').select('lookedAt').where('roundId', '=', roundId).executeTakeFirst();
	const pause = Math.floor(counted / 1000) * minutesPerThousand * 60_000;
	if (before?.lookedAt && Date.now() - before.lookedAt.getTime() < pause) return false;
	const round = await tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.select(['r.programmeId', 'r.keyQuestions', 'r.shortestMinutes', 'v.model', 'v.xform'])
		.where('r.id', '=', roundId)
		.executeTakeFirst();
	if (!round) return false;
	const watched = watchedOf(instrumentSchema.parse(round.model), round.xform, round.keyQuestions);
	const at = new Date();
	const { all, fresh } = await observations(tx, roundId, watched, course);
	await keep(tx, { programmeId: round.programmeId, roundId }, all, findFlags(all, watched, round));
	for (let from = 0; from < fresh.length; from += pageSize) {
		await course.pace();
		await markLooked(tx, fresh.slice(from, from + pageSize), at);
	}
	await tx
		.insertInto('assessment.roundLook')
		.values({ roundId, programmeId: round.programmeId, lookedAt: at, looked: all.length })
		.onConflict((on) => on.column('roundId').doUpdateSet({ lookedAt: at, looked: all.length }))
		.execute();
	return true;
}

async function markLooked(tx: Tx, fresh: readonly Observation[], at: Date): Promise<void> {
	await sql`update assessment.submission s set looked_at = ${at}, fingerprint = x.fingerprint
		from unnest(${fresh.map((each) => each.id)}::uuid[], ${fresh.map((each) => (each.fingerprint === null ? null : Buffer.from(each.fingerprint, 'hex')))}::bytea[]) as x (id, fingerprint)
		where s.id = x.id`.execute(tx);
}

async function observations(tx: Tx, roundId: string, watched: Watched, { pace }: Course): Promise<{ all: Observation[]; fresh: Observation[] }> {
	const links = await tx.selectFrom('assessment.collectionToken').select('id').where('roundId', '=', roundId).where('personId', 'is not', null).execute();
	const personal = new Set(links.map((link) => link.id));
	const all: Observation[] = [];
	const fresh: Observation[] = [];
	const flags = z.array(flagSchema);
	for (let before: string | null = null; all.length < mostCompared; ) {
		let page = tx
			.selectFrom('assessment.submission')
			.select(['id', 'instanceId', 'tokenId', 'personId', 'answers', 'flags', sql<boolean>`looked_at is null or looked_at < checked_at`.as('new')])
			.where('roundId', '=', roundId)
			.where('supersededBy', 'is', null)
			.where('reviewState', '<>', 'rejected')
			.orderBy('id', 'desc')
			.limit(pageSize);
		if (before !== null) page = page.where('id', '<', before);
		const rows = await page.execute();
		for (const row of rows) {
			const sender = row.personId !== null ? `person ${row.personId}` : row.tokenId !== null && personal.has(row.tokenId) ? `link ${row.tokenId}` : null;
			const seen = observe({ id: row.id, instanceId: row.instanceId, sender, answers: answersSchema.parse(row.answers), flags: flags.parse(row.flags) }, watched);
			all.push(seen);
			if (row.new) fresh.push(seen);
		}
		before = rows.at(-1)?.id ?? null;
		if (rows.length < pageSize) break;
		await pace();
	}
	// The oldest first: of two that are alike, the one that came first is named.
	return { all: all.reverse(), fresh };
}

/**
 * Writes what was found: new flags come, those found no more go, those that somebody dismissed stay as they are. What the re-check
 * has found in the meantime stays too.
 */
async function keep(tx: Tx, { programmeId, roundId }: { programmeId: string; roundId: string }, all: readonly Observation[], found: readonly Found[]): Promise<void> {
	const rows = found.map((each) => ({ id: newId(), submission_id: each.submissionId, rule: each.rule, key: each.key, facts: each.facts }));
	const looked = all.map((each) => each.id);
	const json = JSON.stringify(rows);
	await sql`with found as (select * from jsonb_to_recordset(${json}::jsonb) as f (id uuid, submission_id uuid, rule text, key text, facts jsonb))
		delete from assessment.quality_flag q where q.round_id = ${roundId} and q.dismissed_at is null
			and (q.submission_id = any(${looked}::uuid[]) or exists (select from assessment.submission s where s.id = q.submission_id and s.superseded_by is not null))
			and not exists (select from found f where f.submission_id = q.submission_id and f.rule = q.rule and f.key = q.key)
			and not exists (select from assessment.submission s where s.id = q.submission_id and s.superseded_by is null
				and s.flags @> jsonb_build_array(jsonb_build_object('kind', q.rule, 'path', q.key)))`.execute(tx);
	await sql`insert into assessment.quality_flag (id, programme_id, round_id, submission_id, rule, key, facts)
		select f.id, ${programmeId}::uuid, ${roundId}::uuid, f.submission_id, f.rule, f.key, f.facts
		from jsonb_to_recordset(${json}::jsonb) as f (id uuid, submission_id uuid, rule text, key text, facts jsonb)
		join assessment.submission s on s.id = f.submission_id
		on conflict (submission_id, rule, key) do update set facts = excluded.facts
			where assessment.quality_flag.dismissed_at is null and assessment.quality_flag.facts is distinct from excluded.facts`.execute(tx);
}
