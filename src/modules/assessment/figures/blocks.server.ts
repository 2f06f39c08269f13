import { sql } from 'kysely';
import { z } from 'zod';
import { system } from '#platform/actor.ts';
import { asActor, inTransaction, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { atOnce, type Course } from '#platform/jobs.server.ts';
import { problem } from '#platform/problem.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { blockSize, keptColumns, keysFor, layout, slabFrom, typed, type TypedColumn } from './blocks.ts';
import { slabOf, type Kept, type Slab } from './columns.ts';
import { variablesOf, type Variable } from './variables.ts';

/** Submissions that a figure reads one by one at most; beyond, they are written into blocks first. */
const mostWaiting = 4096;

const answers = z.record(z.string(), z.unknown());

/**
 * Writes waiting submissions of a round into one block, together with those of a block that is not full or has holes.
 * @returns how many it took up; 0 when nothing waits and no block has to be written anew
 */
export async function packSome(tx: Tx, roundId: string): Promise<number> {
	return asActor(tx, system('figures'), async () => {
		await sql`select assessment.lock_packing(${roundId}::uuid, true)`.execute(tx);
		const round = await tx
			.selectFrom('assessment.round as r')
			.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
			.select(['r.programmeId', 'v.id as versionId', 'v.model'])
			.where('r.id', '=', roundId)
			.executeTakeFirst();
		if (!round) return 0;
		const dissolved = await dissolve(tx, roundId, round.versionId);
		const { rows: taken } = await sql<{ submissionId: string }>`delete from assessment.answer_waiting w where w.submission_id = any(array(
			select x.submission_id from assessment.answer_waiting x where x.round_id = ${roundId} order by x.submission_id limit ${blockSize - dissolved.length}))
			returning w.submission_id`.execute(tx);
		const ids = [...new Set([...dissolved, ...taken.map((row) => row.submissionId)])];
		if (ids.length === 0) return 0;
		const submissions = await keptSubmissions(tx, ids);
		if (submissions.length > 0) await write(tx, roundId, round, submissions);
		return ids.length;
	});
}

type Round = { readonly programmeId: string; readonly versionId: string; readonly model: unknown };

/** Takes away one block that is not full, has holes, or is written in another way; its submissions are packed again. */
async function dissolve(tx: Tx, roundId: string, versionId: string): Promise<string[]> {
	const { rows } = await sql<{ ids: string[] }>`delete from assessment.answer_block d where d.id = (
		select b.id from assessment.answer_block b where b.round_id = ${roundId} and (b.layout <> ${layout} or b.version_id <> ${versionId}
			or exists (select from assessment.answer_hole h where h.block_id = b.id)
			or cardinality(b.ids) < ${blockSize} and exists (select from assessment.answer_waiting w where w.round_id = b.round_id)) limit 1)
		returning d.ids`.execute(tx);
	return rows[0]?.ids ?? [];
}

async function keptSubmissions(tx: Tx, ids: readonly string[]): Promise<Kept[]> {
	const { rows } = await sql<{ id: string; placeId: string | null; receivedAt: Date; answers: unknown; xml: string }>`
		select s.id, s.place_id, s.received_at, s.answers, s.xml from assessment.counted_submission s where s.id = any(${[...ids]}::uuid[]) order by s.id`.execute(tx);
	return rows.map((row) => ({ ...row, answers: answers.parse(row.answers) }));
}

async function write(tx: Tx, roundId: string, { programmeId, versionId, model }: Round, submissions: readonly Kept[]): Promise<void> {
	const id = newId();
	const slab = slabOf(variablesOf(instrumentSchema.parse(model)), submissions);
	const ids = submissions.map((each) => each.id);
	const newest = new Date(Math.max(...slab.received));
	await sql`insert into assessment.answer_block (id, programme_id, round_id, version_id, layout, ids, places, first_id, last_id, newest)
		values (${id}, ${programmeId}, ${roundId}, ${versionId}, ${layout}, ${ids}::uuid[], ${submissions.map((each) => each.placeId)}::uuid[], ${ids[0]}, ${ids.at(-1)}, ${newest})`.execute(tx);
	const columns = keptColumns(slab);
	await sql`insert into assessment.answer_column (block_id, programme_id, round_id, key, rows, data)
		select ${id}::uuid, ${programmeId}::uuid, ${roundId}::uuid, c.key, c.rows, c.data
		from unnest(${columns.map((each) => each.key)}::text[], ${columns.map((each) => each.rows)}::int[], ${columns.map((each) => Buffer.from(each.data))}::bytea[]) as c (key, rows, data)`.execute(tx);
}

/** The rounds in which something waits, or a block has holes. */
export async function roundsToPack(): Promise<string[]> {
	return inTransaction(system('figures'), async (tx) => {
		const { rows } = await sql<{ roundId: string }>`
			select distinct w.round_id from assessment.answer_waiting w union select distinct h.round_id from assessment.answer_hole h`.execute(tx);
		return rows.map((row) => row.roundId);
	});
}

/** Packs all that waits in a round, a block to a transaction. */
export async function packRound(roundId: string, { signal, pace }: Course = atOnce): Promise<void> {
	while (!signal.aborted && (await inTransaction(system('figures'), (tx) => packSome(tx, roundId))) > 0) await pace();
}

/** Columns read before, by block and key. Blocks never change, and who may not see a block is not told its id. */
const cache = new Map<string, TypedColumn>();
const cacheBytes = 96 * 1024 * 1024;
let cached = 0;

function remember(key: string, column: TypedColumn): void {
	const before = cache.get(key);
	if (before) cached -= before.byteLength;
	cache.delete(key);
	cache.set(key, column);
	cached += column.byteLength;
	for (const [oldest, each] of cache) {
		if (cached <= cacheBytes) return;
		cache.delete(oldest);
		cached -= each.byteLength;
	}
}

function recall(key: string): TypedColumn | undefined {
	const found = cache.get(key);
	if (found) {
		cache.delete(key);
		cache.set(key, found);
	}
	return found;
}

type BlockRow = { id: string; places: (string | null)[]; holes: number[]; newest: number };
type Reading = { blocks: BlockRow[]; waiting: Kept[] };

/** What a figure reads. */
export type Wanted = {
	readonly roundId: string;
	/** All of the instrument, and those that are needed. */
	readonly all: readonly Variable[];
	readonly needed: readonly Variable[];
	/** Milliseconds since 1970. */
	readonly cutOff: number;
	/** Whether it matters when each was received. */
	readonly byDay: boolean;
};

/**
 * The counted submissions of a round as columns, as far as the acting person may read them (row security: a named analyst's).
 * Blocks, holes and what waits are read by one statement, so that every submission is there exactly once.
 */
export async function* slabsOf(tx: Tx, { roundId, all, needed, cutOff, byDay }: Wanted): AsyncGenerator<Slab> {
	const { rows: many } = await sql<{ many: boolean }>`select count(*) > ${mostWaiting} as many from (select from assessment.answer_waiting w where w.round_id = ${roundId} limit ${mostWaiting + 1}) x`.execute(tx);
	if (many[0]?.many) await packRound(roundId);
	// An instance of a repeat stands when anything in it was answered, not only what is needed.
	const levels = all.filter((each) => needed.includes(each) || each.repeats.some((repeat) => needed.some((one) => one.repeats.includes(repeat))));
	for (let attempt = 0; attempt < 5; attempt++) {
		const { blocks, waiting } = await readRound(tx, roundId);
		const timed = byDay || blocks.some((block) => block.newest > cutOff);
		const columns = await fetchColumns(tx, blocks, keysFor(needed).filter((key) => timed || key !== 'r'));
		if (columns === null) continue;
		for (const { id, places, holes } of blocks) yield slabFrom(needed, places, new Set(holes), (key) => columns.get(`${id}${key}`));
		if (waiting.length > 0) yield slabOf(levels, waiting);
		return;
	}
	throw problem('try-again', 409);
}

async function readRound(tx: Tx, roundId: string): Promise<Reading> {
	const { rows } = await sql<{ block: BlockRow | null; id: string | null; placeId: string | null; receivedAt: Date; answers: unknown; xml: string }>`
		select jsonb_build_object('id', b.id, 'places', to_jsonb(b.places), 'holes', coalesce((select jsonb_agg(h.place) from assessment.answer_hole h where h.block_id = b.id), '[]'),
				'newest', floor(extract(epoch from b.newest) * 1000)) as block,
			null::uuid as id, null::uuid as place_id, b.newest as received_at, null::jsonb as answers, '' as xml
		from assessment.answer_block b where b.round_id = ${roundId}
		union all
		select null, s.id, s.place_id, s.received_at, s.answers, s.xml
		from assessment.answer_waiting w join assessment.counted_submission s on s.id = w.submission_id
		where w.round_id = ${roundId} and s.round_id = ${roundId}`.execute(tx);
	return {
		blocks: rows.flatMap((row) => row.block ?? []),
		waiting: rows.flatMap((row) => (row.id === null ? [] : [{ id: row.id, placeId: row.placeId, receivedAt: row.receivedAt, xml: row.xml, answers: answers.parse(row.answers) }]))
	};
}

/** The columns of these blocks, from memory or the database; null when a block has been written anew meanwhile. */
async function fetchColumns(tx: Tx, blocks: readonly BlockRow[], keys: readonly string[]): Promise<Map<string, TypedColumn> | null> {
	const columns = new Map<string, TypedColumn>();
	const missing: string[] = [];
	for (const { id } of blocks) {
		for (const key of keys) {
			const found = recall(`${id}${key}`);
			if (found) columns.set(`${id}${key}`, found);
			else if (missing.at(-1) !== id) missing.push(id);
		}
	}
	const step = 32;
	for (let from = 0; from < missing.length; from += step) {
		const wanted = missing.slice(from, from + step);
		const { rows } = await sql<{ blockId: string; key: string | null; data: Buffer }>`select b.id as block_id, c.key, c.data from assessment.answer_block b
			left join assessment.answer_column c on c.block_id = b.id and c.key = any(${[...keys]}::text[]) where b.id = any(${wanted}::uuid[])`.execute(tx);
		if (new Set(rows.map((row) => row.blockId)).size < wanted.length) return null;
		for (const { blockId, key, data } of rows) {
			if (key === null) continue;
			const column = typed(key, data);
			columns.set(`${blockId}${key}`, column);
			remember(`${blockId}${key}`, column);
		}
	}
	return columns;
}
