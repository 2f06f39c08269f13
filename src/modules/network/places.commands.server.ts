import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { holdVersion } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import { holds, placeFault, placeKind, type PlaceFields, type PlaceKind } from './place.ts';
import { holdNetwork, pathLabel } from './tree.server.ts';

type Standing = { id: string; kind: PlaceKind; path: string };

/**
 * Adds a place below another, or a country.
 * @param id minted where the place was written; sending the same one again changes nothing
 * @throws Problem `place.parent-kind` and its like (400), `place.code-taken` (409)
 */
export async function createPlace(tx: Tx, permit: Permit<'place.create'>, fields: PlaceFields, id: string = newId()): Promise<string> {
	const { programmeId } = permit.subject;
	await holdNetwork(tx, programmeId);
	if (await tx.selectFrom('network.place').select('id').where('id', '=', id).where('programmeId', '=', programmeId).executeTakeFirst()) return id;
	const parent = await standingPlace(tx, programmeId, fields.parentId);
	refuseFault(fields, parent);
	await refuseTakenCode(tx, programmeId, fields.code, id);
	const path = parent ? `${parent.path}.${pathLabel(id)}` : pathLabel(id);
	await tx.insertInto('network.place').values({ id, programmeId, path, ...fields, search: placeSearch(fields) }).execute();
	await journal(tx, permit, { table: 'network.place', id, after: fields });
	return id;
}

/**
 * Changes a place; moved below another parent, it takes everything below it along. Who sees what moves with it.
 * @param seen the version the form was filled from
 * @throws Problem `place.parent-kind`, `place.child-kind` and their like (400), `place.code-taken`, `record.changed-since` (409)
 */
export async function editPlace(tx: Tx, permit: Permit<'place.edit'>, fields: PlaceFields, seen?: string): Promise<void> {
	const { id, programmeId } = permit.subject;
	await holdNetwork(tx, programmeId);
	await holdVersion(tx, { table: 'network.place', id }, seen);
	const before = await tx
		.selectFrom('network.place')
		.select(['kind', 'parentId', 'code', 'name', sql<string>`path::text`.as('path')])
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	const parent = await standingPlace(tx, programmeId, fields.parentId);
	refuseFault(fields, parent);
	const below = await tx.selectFrom('network.place').select('kind').distinct().where('parentId', '=', id).execute();
	if (below.some(({ kind }) => !holds(fields.kind, placeKind(kind)))) throw problem('place.child-kind', 400, {}, 'kind');
	await refuseTakenCode(tx, programmeId, fields.code, id);
	await tx.updateTable('network.place').set({ ...fields, search: placeSearch(fields) }).where('id', '=', id).execute();
	if (before.parentId !== fields.parentId) await movePlace(tx, before.path, parent?.path ?? null);
	await journal(tx, permit, { table: 'network.place', id, before: withoutPath(before), after: fields });
}

/** Hangs a place, with everything below it, under another path (null: at the top). */
export async function movePlace(tx: Tx, path: string, underPath: string | null): Promise<void> {
	await sql`update network.place set path = coalesce(${underPath}::ltree, ''::ltree) || subpath(path, nlevel(${path}::ltree) - 1)
		where path <@ ${path}::ltree`.execute(tx);
}

/** The key that a place is searched by: its names and its code. */
export const placeSearch = (place: Pick<PlaceFields, 'name' | 'code'>): string => searchText(place.name, place.code === null ? {} : { en: place.code });

const withoutPath = ({ path: _path, ...fields }: PlaceFieldsWithPath): Omit<PlaceFieldsWithPath, 'path'> => fields;
type PlaceFieldsWithPath = { kind: string; parentId: string | null; code: string | null; name: PlaceFields['name']; path: string };

function refuseFault(fields: PlaceFields, parent: Standing | null): void {
	const fault = placeFault(fields, parent);
	if (fault) throw problem(fault, 400, {}, fault.startsWith('place.code') ? 'code' : 'parentId');
}

async function standingPlace(tx: Tx, programmeId: string, id: string | null): Promise<Standing | null> {
	if (id === null) return null;
	const found = await tx
		.selectFrom('network.place')
		.select(['id', 'kind', sql<string>`path::text`.as('path')])
		.where('id', '=', id)
		.where('programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!found) throw problem('place.parent-unknown', 400, {}, 'parentId');
	return { ...found, kind: placeKind(found.kind) };
}

async function refuseTakenCode(tx: Tx, programmeId: string, code: string | null, except: string): Promise<void> {
	if (code === null) return;
	const taken = await tx
		.selectFrom('network.place')
		.select('id')
		.where('programmeId', '=', programmeId)
		.where(sql`upper(code)`, '=', code.toUpperCase())
		.where('id', '<>', except)
		.executeTakeFirst();
	if (taken) throw problem('place.code-taken', 409, { code }, 'code');
}
