import { createHash, createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { actorId } from './actor.ts';
import { canonical } from './canonical.ts';
import { assertFresh, type Permit } from './permit.server.ts';
import { actorOf, type Tx } from './database.server.ts';
import { newId } from './ids.ts';
import { secret } from './secrets.server.ts';

/** One line of the journal, as a command writes it. */
export type JournalEntry = {
	/** `schema.table` of the record. */
	readonly table: string;
	readonly id: string;
	readonly before?: unknown;
	readonly after?: unknown;
	/** Personal values worth keeping for a while; erasable, outside the chain. */
	readonly personal?: Readonly<Record<string, unknown>>;
};

/** The keyed digest of a record: HMAC-SHA-256 of its canonical text. Keyed, so that a small value cannot be guessed from it. */
export function digest(record: unknown): Buffer | null {
	return record === undefined || record === null ? null : createHmac('sha256', secret('journal')).update(canonical(record)).digest();
}

/**
 * Writes the journal entry of a command, in the command's own transaction: both are kept, or neither.
 * @param permit the permit the command was given; says the verb, the programme, and on whose behalf
 */
export async function journal(tx: Tx, permit: Permit<string>, entry: JournalEntry): Promise<void> {
	assertFresh(tx, permit);
	await record(tx, permit.verb, permit.subject.programmeId, entry);
}

/** Writes the entries of a command that changes many records at once; as {@link journal}, in few statements. */
export async function journalAll(tx: Tx, permit: Permit<string>, entries: readonly JournalEntry[]): Promise<void> {
	assertFresh(tx, permit);
	const actor = actorOf(tx);
	for (let from = 0; from < entries.length; from += 500) {
		const rows = entries.slice(from, from + 500).map((entry) => ({
			id: newId(),
			programmeId: permit.subject.programmeId,
			actorKind: actor.kind,
			actorId: actorId(actor),
			onBehalfOf: actor.kind === 'person' ? (actor.onBehalfOf ?? null) : null,
			verb: permit.verb,
			subjectTable: entry.table,
			subjectId: entry.id,
			beforeDigest: digest(entry.before),
			afterDigest: digest(entry.after)
		}));
		await tx.insertInto('platform.journal').values(rows).execute();
	}
}

/** Writes an entry for what needs no permit: signing in, ending one's own session, a system task's work. */
export async function record(tx: Tx, verb: string, programmeId: string | null, entry: JournalEntry): Promise<void> {
	const actor = actorOf(tx);
	const id = newId();
	await tx
		.insertInto('platform.journal')
		.values({
			id,
			programmeId,
			actorKind: actor.kind,
			actorId: actorId(actor),
			onBehalfOf: actor.kind === 'person' ? (actor.onBehalfOf ?? null) : null,
			verb,
			subjectTable: entry.table,
			subjectId: entry.id,
			beforeDigest: digest(entry.before),
			afterDigest: digest(entry.after)
		})
		.execute();
	if (entry.personal) {
		await tx
			.insertInto('platform.journalPersonal')
			.values({ entryId: id, facts: JSON.stringify(entry.personal) })
			.execute();
	}
}

/** The columns of an entry that the chain covers. */
export type SealedEntry = {
	id: string;
	seq: string;
	at: Date;
	programmeId: string | null;
	actorKind: string;
	actorId: string;
	onBehalfOf: string | null;
	verb: string;
	subjectTable: string;
	subjectId: string;
	beforeDigest: Buffer | null;
	afterDigest: Buffer | null;
};

/** SHA-256 of an entry's canonical text. */
export function entryHash(entry: SealedEntry): Buffer {
	const { id, seq, at, programmeId, actorKind, actorId: actor, onBehalfOf, verb, subjectTable, subjectId, beforeDigest, afterDigest } = entry;
	return createHash('sha256')
		.update(
			canonical({ id, seq: String(seq), at, programmeId, actorKind, actor, onBehalfOf, verb, subjectTable, subjectId, beforeDigest, afterDigest })
		)
		.digest();
}

/** SHA-256 over the block's number, the hash of the block before it, and the hashes of its entries in order. */
export function blockHash(no: bigint, previous: Buffer | null, entries: readonly Buffer[]): Buffer {
	const hash = createHash('sha256').update(`hamkor journal block ${no}\n`).update(previous ?? Buffer.alloc(32));
	for (const entry of entries) hash.update(entry);
	return hash.digest();
}

/**
 * Seals what is ready into the next block of the chain. Runs as the system task `journal`, in a job; no lock stands
 * in the way of those who write.
 * @returns how many entries were sealed
 */
export async function sealJournal(tx: Tx): Promise<number> {
	await sql`select pg_advisory_xact_lock(7271002)`.execute(tx);
	const entries = (await sql<SealedEntry>`select * from platform.sealable()`.execute(tx)).rows;
	if (entries.length === 0) return 0;
	const last = await tx.selectFrom('platform.journalBlock').select(['no', 'hash']).orderBy('no', 'desc').limit(1).executeTakeFirst();
	const no = last ? BigInt(last.no) + 1n : 1n;
	await tx
		.insertInto('platform.journalBlock')
		.values({
			no: no.toString(),
			previousHash: last?.hash ?? null,
			entryCount: entries.length,
			hash: blockHash(no, last?.hash ?? null, entries.map(entryHash))
		})
		.execute();
	await sql`insert into platform.journal_seal (entry_id, block_no, position)
		select id, ${no.toString()}::bigint, position - 1 from unnest(${entries.map((entry) => entry.id)}::uuid[]) with ordinality as e (id, position)`.execute(tx);
	return entries.length;
}

/** What `bin/hamkor journal verify` found. `head` is the last block: written down elsewhere, it bears witness to all before it. */
export type JournalReport = { blocks: number; sealed: number; unsealed: number; head: ChainHead | null; faults: JournalFault[] };
export type ChainHead = { no: string; hash: string };
export type JournalFault = { block: string; kind: 'changed' | 'removed' | 'reordered' | 'chain-broken' | 'witness-missing'; entryId?: string };

/**
 * Walks the whole chain and recomputes every hash. Finds a changed, removed or reordered sealed entry and a removed or
 * replaced block; an erasure of personal values changes nothing here. Blocks cut off at the end, or a chain computed
 * anew as a whole, leave no trace in the database itself: for these a head witnessed elsewhere is compared.
 * @param witnessed hash of a block, in hexadecimal, as an earlier report gave it
 */
export async function verifyJournal(tx: Tx, witnessed?: string): Promise<JournalReport> {
	const faults: JournalFault[] = [];
	const blocks = await tx.selectFrom('platform.journalBlock').selectAll().orderBy('no').execute();
	let previous: Buffer | null = null;
	let expected = 1n;
	let sealed = 0;
	for (const block of blocks) {
		const no = BigInt(block.no);
		const samePrevious: boolean = previous === null ? block.previousHash === null : block.previousHash?.equals(previous) === true;
		if (no !== expected || !samePrevious) faults.push({ block: block.no, kind: 'chain-broken' });
		const found = await verifyBlock(tx, block);
		sealed += found.entries;
		faults.push(...found.faults);
		previous = block.hash;
		expected = no + 1n;
	}
	const counted = await sql<{ unsealed: string; orphaned: string }>`select
		(select count(*) from platform.journal j where not exists (select from platform.journal_seal s where s.entry_id = j.id)) as unsealed,
		(select count(*) from platform.journal_seal s where not exists (select from platform.journal_block b where b.no = s.block_no)) as orphaned`.execute(tx);
	if (Number(counted.rows[0]?.orphaned ?? 0) > 0) faults.push({ block: String(expected), kind: 'chain-broken' });
	if (witnessed !== undefined && !blocks.some(({ hash }) => hash.toString('hex') === witnessed.toLowerCase())) {
		faults.push({ block: String(expected - 1n), kind: 'witness-missing' });
	}
	const last = blocks.at(-1);
	const head = last ? { no: last.no, hash: last.hash.toString('hex') } : null;
	return { blocks: blocks.length, sealed, unsealed: Number(counted.rows[0]?.unsealed ?? 0), head, faults };
}

type Block = { no: string; previousHash: Buffer | null; entryCount: number; hash: Buffer };

async function verifyBlock(tx: Tx, block: Block): Promise<{ entries: number; faults: JournalFault[] }> {
	const faults: JournalFault[] = [];
	const rows = await tx
		.selectFrom('platform.journalSeal as s')
		.leftJoin('platform.journal as j', 'j.id', 's.entryId')
		.selectAll('j')
		.select(['s.entryId', 's.position'])
		.where('s.blockNo', '=', block.no)
		.orderBy('s.position')
		.execute();
	const hashes: Buffer[] = [];
	let lastSeq = -1n;
	for (const [at, row] of rows.entries()) {
		const { entryId, position, id, seq, at: moment, actorKind, actorId: actor, verb, subjectTable, subjectId } = row;
		if (id === null || seq === null || moment === null || actorKind === null || actor === null || verb === null || subjectTable === null || subjectId === null) {
			faults.push({ block: block.no, kind: 'removed', entryId });
			continue;
		}
		if (BigInt(seq) <= lastSeq || position !== at) faults.push({ block: block.no, kind: 'reordered', entryId });
		lastSeq = BigInt(seq);
		const { programmeId, onBehalfOf, beforeDigest, afterDigest } = row;
		hashes.push(entryHash({ id, seq, at: moment, programmeId, actorKind, actorId: actor, onBehalfOf, verb, subjectTable, subjectId, beforeDigest, afterDigest }));
	}
	if (rows.length !== block.entryCount) faults.push({ block: block.no, kind: 'removed' });
	else if (!blockHash(BigInt(block.no), block.previousHash, hashes).equals(block.hash)) faults.push({ block: block.no, kind: 'changed' });
	return { entries: rows.length, faults };
}

/** How far the journal is sealed, without walking it: for a page. */
export async function chainState(tx: Tx): Promise<{ head: ChainHead | null; sealedAt: Date | null; unsealed: number }> {
	const last = await tx.selectFrom('platform.journalBlock').select(['no', 'hash', 'sealedAt']).orderBy('no', 'desc').limit(1).executeTakeFirst();
	const { rows } = await sql<{ unsealed: string }>`select count(*) as unsealed from platform.journal j
		where not exists (select from platform.journal_seal s where s.entry_id = j.id)`.execute(tx);
	return { head: last ? { no: last.no, hash: last.hash.toString('hex') } : null, sealedAt: last?.sealedAt ?? null, unsealed: Number(rows[0]?.unsealed ?? 0) };
}

/**
 * Erases personal values that stand beside journal entries; the entries themselves and the chain stay as they are. Runs as
 * the system task `erase`, and is itself journaled.
 * @param which one entry, or all entries that a person made or that are about that person
 * @returns how many entries had personal values that are gone now
 */
export async function erasePersonal(tx: Tx, which: { entryId: string } | { personId: string }): Promise<number> {
	const entries =
		'entryId' in which
			? sql`select ${which.entryId}::uuid`
			: sql`select j.id from platform.journal j where (j.actor_kind = 'person' and j.actor_id = ${which.personId})
				or (j.subject_table in ('network.person', 'platform.account') and j.subject_id = ${which.personId}::uuid)`;
	const erased = await sql<{ entryId: string }>`update platform.journal_personal set facts = null, erased_at = clock_timestamp()
		where erased_at is null and entry_id in (${entries}) returning entry_id`.execute(tx);
	for (const { entryId } of erased.rows) await record(tx, 'journal.erase', null, { table: 'platform.journal_personal', id: entryId });
	return erased.rows.length;
}
