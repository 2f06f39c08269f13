import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal, journalAll } from '#platform/journal.server.ts';
import type { InProgramme, Permit } from '#platform/permit.server.ts';
import { searchText } from '#platform/search-text.ts';
import { importer, type Importer, type Progress } from './importer.server.ts';
import { organisationColumns, servePlaces } from './organisations.commands.server.ts';
import { planOrganisations, type OrganisationWrite } from './organisations.import.ts';
import { allOrganisations } from './organisations.queries.server.ts';
import * as verbs from './permits.ts';
import { placeKinds } from './place.ts';
import { movePlace, placeSearch } from './places.commands.server.ts';
import { planPlaces, type PlaceWrite } from './places.import.ts';
import { holdNetwork, wholeTree } from './tree.server.ts';

/** Rows beyond which an import runs as a job. */
export const jobFrom = 2000;
/** Rows written with one statement. */
const batch = 500;

const hold = (tx: Tx, { programmeId }: InProgramme): Promise<void> => holdNetwork(tx, programmeId);

/** Everything that can be imported, by the name it has in addresses and jobs. */
export const importers = {
	places: importer({
		verb: verbs.importPlaces,
		hold,
		plan: async (tx, { programmeId }, table) => planPlaces(await wholeTree(tx, programmeId), table),
		write: writePlaces
	}),
	organisations: importer({
		verb: verbs.importOrganisations,
		hold,
		plan: async (tx, { programmeId }, table) => planOrganisations(await allOrganisations(tx, programmeId), await wholeTree(tx, programmeId), table),
		write: writeOrganisations
	})
} as const satisfies Record<string, Importer<InProgramme>>;
export type ImporterName = keyof typeof importers;

async function writePlaces(tx: Tx, permit: Permit<'place.import'>, writes: readonly PlaceWrite[], progress: Progress): Promise<void> {
	const { programmeId } = permit.subject;
	const idAt = new Map(writes.map((write) => [write.line, write.id ?? newId()]));
	const parentOf = ({ parent }: PlaceWrite): string | null => (parent === null ? null : 'id' in parent ? parent.id : (idAt.get(parent.line) ?? null));
	const rowOf = (write: PlaceWrite) => ({ id: idAt.get(write.line) ?? '', parent_id: parentOf(write), kind: write.kind, code: write.code, name: write.name, search: placeSearch(write) });
	// Codes change hands only after all of them have been laid down.
	const recoded = writes.flatMap((write) => (write.recoded && write.id !== null ? [write.id] : []));
	if (recoded.length > 0) await tx.updateTable('network.place').set({ code: null }).where('id', 'in', recoded).execute();
	let done = 0;
	for (const kind of placeKinds) {
		const ofKind = writes.filter((write) => write.kind === kind);
		const added = ofKind.filter((write) => write.id === null);
		for (let from = 0; from < added.length; from += batch) {
			const rows = added.slice(from, from + batch).map(rowOf);
			await sql`insert into network.place (id, programme_id, parent_id, path, kind, code, name, search)
				select r.id, ${programmeId}, r.parent_id, coalesce(p.path, ''::ltree) || replace(r.id::text, '-', '')::ltree, r.kind, r.code, r.name, r.search
				from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, parent_id uuid, kind text, code text, name jsonb, search text)
				left join network.place p on p.id = r.parent_id and p.programme_id = ${programmeId}`.execute(tx);
			await journalAll(tx, permit, rows.map((row) => ({ table: 'network.place', id: row.id, after: row })));
			await progress(5 + (90 * (done += rows.length)) / writes.length);
		}
		for (const write of ofKind) {
			if (write.id !== null) await changePlace(tx, permit, write.id, write, parentOf(write));
			if (write.id !== null && ++done % batch === 0) await progress(5 + (90 * done) / writes.length);
		}
	}
}

async function changePlace(tx: Tx, permit: Permit<'place.import'>, id: string, write: PlaceWrite, parentId: string | null): Promise<void> {
	const path = sql<string>`path::text`.as('path');
	const before = await tx.selectFrom('network.place').select(['kind', 'parentId', 'code', 'name', path]).where('id', '=', id).executeTakeFirstOrThrow();
	const after = { kind: write.kind, parentId, code: write.code, name: write.name };
	await tx.updateTable('network.place').set({ ...after, search: placeSearch(write) }).where('id', '=', id).execute();
	if (write.moved) {
		const parent = parentId === null ? null : await tx.selectFrom('network.place').select(path).where('id', '=', parentId).executeTakeFirstOrThrow();
		await movePlace(tx, before.path, parent?.path ?? null);
	}
	await journal(tx, permit, { table: 'network.place', id, before: { kind: before.kind, parentId: before.parentId, code: before.code, name: before.name }, after });
}

async function writeOrganisations(tx: Tx, permit: Permit<'organisation.import'>, writes: readonly OrganisationWrite[], progress: Progress): Promise<void> {
	const { programmeId } = permit.subject;
	const idAt = new Map(writes.map((write) => [write.line, write.id ?? newId()]));
	let done = 0;
	for (const write of writes) {
		const id = idAt.get(write.line) ?? '';
		const columns = organisationColumns(write.fields);
		// Successors come last: they may stand further down in the file.
		if (write.id === null) await tx.insertInto('network.organisation').values({ id, programmeId, ...columns, successorId: null }).execute();
		else await tx.updateTable('network.organisation').set({ ...columns, search: searchText(write.fields.name) }).where('id', '=', id).execute();
		await servePlaces(tx, programmeId, id, write.fields.places);
		if (++done % 100 === 0) await progress(5 + (80 * done) / writes.length);
	}
	for (const write of writes) {
		const successorId = write.successorLine === null ? write.fields.successorId : (idAt.get(write.successorLine) ?? null);
		if (successorId !== null) await tx.updateTable('network.organisation').set({ successorId }).where('id', '=', idAt.get(write.line) ?? '').execute();
	}
	await journalAll(tx, permit, writes.map((write) => ({ table: 'network.organisation', id: idAt.get(write.line) ?? '', after: write.fields })));
}
