import { sql } from 'kysely';
import { importer } from '#modules/network/importer.server.ts';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal, journalAll } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { personIdOf } from '../author.ts';
import { planEntities, type EntityWrite } from './entity-list.ts';
import { entitiesOf, getEntityList } from './entity-queries.server.ts';
import { importEntities, type ListOf } from './permits.ts';

/** Makes an empty list. @returns its id @throws Problem `entity-list.name-taken` (409) */
export async function makeList(tx: Tx, permit: Permit<'entity-list.make'>, name: string): Promise<string> {
	const id = newId();
	const { programmeId } = permit.subject;
	const made = await tx
		.insertInto('assessment.entityList')
		.values({ id, programmeId, name, createdBy: personIdOf(permit) })
		.onConflict((on) => on.columns(['programmeId', 'name']).doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows === 0n) throw problem('entity-list.name-taken', 409, { name }, 'name');
	await journal(tx, permit, { table: 'assessment.entity_list', id, after: { name } });
	return id;
}

/** Takes an entry out of a list, or puts it back. Apps that have it are told so. @throws Problem `not-found` */
export async function removeEntity(tx: Tx, permit: Permit<'entity-list.edit'>, id: string, removed: boolean): Promise<void> {
	const { id: listId } = permit.subject;
	const { numUpdatedRows } = await tx
		.updateTable('assessment.entity')
		.set((e) => ({ removedAt: removed ? momentOf(tx) : null, version: e('version', '+', 1), changedBy: personIdOf(permit), changedAt: momentOf(tx) }))
		.where('listId', '=', listId)
		.where('id', '=', id)
		.where('removedAt', removed ? 'is' : 'is not', null)
		.executeTakeFirst();
	if (numUpdatedRows === 0n) throw notFound();
	await touch(tx, listId);
	await journal(tx, permit, { table: 'assessment.entity', id, after: { listId, removed } });
}

const touch = (tx: Tx, listId: string) => tx.updateTable('assessment.entityList').set((e) => ({ revision: e('revision', '+', 1) })).where('id', '=', listId).execute();

async function write(tx: Tx, permit: Permit<'entity-list.import'>, writes: readonly EntityWrite[]): Promise<void> {
	const { id: listId, programmeId } = permit.subject;
	if (writes.length === 0) return;
	const { properties } = await getEntityList(tx, programmeId, listId);
	const all = [...new Set([...properties, ...writes.flatMap(({ data }) => Object.keys(data))])];
	const rows = writes.map((each) => ({ ...each, id: each.id ?? newId() }));
	await tx.updateTable('assessment.entityList').set({ properties: JSON.stringify(all) }).where('id', '=', listId).execute();
	await touch(tx, listId);
	await sql`insert into assessment.entity as there (list_id, id, programme_id, label, data, changed_by)
		select ${listId}::uuid, r.id, ${programmeId}::uuid, r.label, r.data, ${personIdOf(permit)}::uuid from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, label text, data jsonb)
		on conflict (list_id, id) do update set label = excluded.label, data = excluded.data, version = there.version + 1, removed_at = null,
			changed_by = excluded.changed_by, changed_at = clock_timestamp()`.execute(tx);
	await journalAll(tx, permit, rows.map(({ id, label, data }) => ({ table: 'assessment.entity', id, after: { listId, label, data } })));
}

/** Entries from a CSV or XLSX file, with a preview, all or nothing. */
export const entityImporter = importer({
	verb: importEntities,
	hold: async (tx: Tx, { listId }: ListOf) => void (await tx.selectFrom('assessment.entityList').select('id').where('id', '=', listId).forUpdate().execute()),
	plan: async (tx, { programmeId, listId }, table) => planEntities({ properties: (await getEntityList(tx, programmeId, listId)).properties, entities: await entitiesOf(tx, listId) }, table),
	write: (tx, permit, writes: readonly EntityWrite[]) => write(tx, permit, writes)
});
