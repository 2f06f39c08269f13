import { sql, type RawBuilder } from 'kysely';
import { momentOf } from './clock.server.ts';
import type { Tx } from './database.server.ts';
import { journal } from './journal.server.ts';
import type { Permit } from './permit.server.ts';
import { notFound, problem } from './problem.ts';

/** The tables of the records that stand on the thread. All have id, programme_id, place_id, number, state, search. */
export const recordTables = [
	'gaps.gap',
	'gaps.priority',
	'training.training',
	'plans.plan',
	'results.result',
	'policy.recommendation',
	'policy.commitment',
	'policy.change'
] as const;
export type RecordTable = (typeof recordTables)[number];

/** The person a permit was given to; null for a system task. */
export const personIn = (permit: Permit<string>): string | null => (permit.actor.kind === 'person' ? permit.actor.personId : null);

/** A change to one record: from which states, which columns, and what to say when it stands in another state. */
export type Change = {
	readonly from: readonly string[];
	/** Columns in camelCase; objects go into jsonb columns. */
	readonly set: Readonly<Record<string, unknown>>;
	/** Problem code (409) when the record stands in another state. */
	readonly refuse: string;
	/** The version the person saw (`versionOf`); left out for changes that do not overwrite what somebody typed. */
	readonly seen?: string | undefined;
};

type Row = Record<string, unknown> & { state: string; version: string };

/** Which version of a row a form was filled from: changes with every update. */
export const versionOf = (alias?: string): RawBuilder<string> => (alias ? sql<string>`${sql.ref(alias)}.xmin::text` : sql<string>`xmin::text`);

/** A row that a form is filled from: its table with schema, its id, and the column of the id where that is not `id`. */
export type Edited = { readonly table: string; readonly id: string; readonly key?: string };

const versionIn = ({ table, id, key = 'id' }: Edited, lock: RawBuilder<unknown>): RawBuilder<{ version: string }> =>
	sql<{ version: string }>`select xmin::text as version from ${sql.table(table)} where ${sql.ref(key)} = ${id}::uuid ${lock}`;

/**
 * Which version of a row a form is filled from; empty where the row is yet to come. Asked before the row itself is read: what changes
 * in between is then refused, and not overwritten.
 */
export async function versionAt(tx: Tx, row: Edited): Promise<string> {
	const { rows } = await versionIn(row, sql``).execute(tx);
	return rows[0]?.version ?? '';
}

/** The versions of all rows under a key, by their ids: of what one page lists with a form each. Asked before the rows are read. */
export async function versionsAt(tx: Tx, { table, id, key }: Required<Edited>): Promise<ReadonlyMap<string, string>> {
	const { rows } = await sql<{ id: string; version: string }>`select id, xmin::text as version from ${sql.table(table)} where ${sql.ref(key)} = ${id}::uuid`.execute(tx);
	return new Map(rows.map((row) => [row.id, row.version]));
}

/**
 * The one way in which an edit keeps what was saved meanwhile: holds the row until the transaction ends, and refuses what was typed into a
 * form that was filled from an older version, whether another person saved since or the same one in another window.
 * @param seen what the form says it was filled from (`seenIn`); undefined from whoever overwrites nothing that somebody typed
 * @throws Problem `record.changed-since` (409)
 */
export async function holdVersion(tx: Tx, row: Edited, seen: string | undefined): Promise<void> {
	if (seen === undefined) return;
	const { rows } = await versionIn(row, sql`for update`).execute(tx);
	if ((rows[0]?.version ?? '') !== seen) throw problem('record.changed-since', 409);
}

/**
 * Changes a record under a lock and writes the journal entry of the permit's verb. Of two people who do the same at
 * once the second is told that it has happened.
 * @returns the row as it is now, columns in camelCase
 * @throws Problem `not-found`; the change's `refuse` (409); `record.changed-since` (409) when `seen` is an older version
 */
export async function changeRecord(tx: Tx, permit: Permit<string>, table: RecordTable, change: Change): Promise<Record<string, unknown>> {
	const { id } = permit.subject;
	const found = await sql<Row>`select *, xmin::text as version from ${sql.table(table)} where id = ${id} for update`.execute(tx);
	const [row] = found.rows;
	if (!row) throw notFound();
	const { version, ...before } = row;
	if (!change.from.includes(row.state)) throw problem(change.refuse, 409);
	if (change.seen !== undefined && change.seen !== version) throw problem('record.changed-since', 409);
	const sets = Object.entries(change.set).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
	const changed = await sql<Record<string, unknown>>`update ${sql.table(table)} set ${sql.join(sets)} where id = ${id} returning *`.execute(tx);
	const [after] = changed.rows;
	if (!after) throw problem('not-permitted', 403);
	await journal(tx, permit, { table, id, before, after });
	return after;
}

/**
 * Withdraws a record, with the reason in the person's words. What it cited and what cites it stays readable.
 * @throws Problem `record.withdrawn-already` (409)
 */
export async function withdrawRecord(tx: Tx, permit: Permit<string>, table: RecordTable, reason: string, from: readonly string[]): Promise<void> {
	await changeRecord(tx, permit, table, {
		from,
		set: { state: 'withdrawn', withdrawnAt: momentOf(tx), withdrawnReason: reason },
		refuse: 'record.withdrawn-already'
	});
}

/** One citation table seen from the record that cites. */
export type Citation = {
	readonly table: string;
	/** The column of the record that cites, and of what it cites; camelCase. */
	readonly citing: string;
	readonly cited: string;
};

/**
 * Adds what a record cites. Citing the same thing twice changes nothing.
 * @param ids of one kind of thing, as the person chose them
 */
export async function cite(tx: Tx, { table, citing, cited }: Citation, programmeId: string, recordId: string, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	await sql`insert into ${sql.table(table)} (programme_id, ${sql.ref(citing)}, ${sql.ref(cited)})
		select ${programmeId}::uuid, ${recordId}::uuid, chosen from unnest(${[...new Set(ids)]}::uuid[]) as chosen on conflict do nothing`.execute(tx);
}

/** Makes a draft cite exactly these. Past draft the database refuses to take a citation away: `citation.kept`. */
export async function citeOnly(tx: Tx, citation: Citation, programmeId: string, recordId: string, ids: readonly string[]): Promise<void> {
	const { table, citing, cited } = citation;
	await sql`delete from ${sql.table(table)} where ${sql.ref(citing)} = ${recordId}::uuid and ${sql.ref(cited)} <> all(${[...ids]}::uuid[])`.execute(tx);
	await cite(tx, citation, programmeId, recordId, ids);
}

/** The ids that a record cites through one table. */
export async function citedIds(tx: Tx, { table, citing, cited }: Citation, recordId: string): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`select ${sql.ref(cited)} as id from ${sql.table(table)} where ${sql.ref(citing)} = ${recordId}::uuid order by 1`.execute(tx);
	return rows.map((row) => row.id);
}
