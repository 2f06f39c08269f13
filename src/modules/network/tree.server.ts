import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { placeKind, type PlaceKind } from './place.ts';
import type { LocalText } from '#platform/locales.ts';

/** A place as the tree knows it. `path` is made of ids without hyphens, see `network.place`. */
export type TreePlace = { id: string; parentId: string | null; path: string; kind: PlaceKind; code: string | null; name: LocalText };

/** All places of a programme, wide ones first. */
export async function wholeTree(tx: Tx, programmeId: string): Promise<TreePlace[]> {
	const rows = await tx
		.selectFrom('network.place')
		.select(['id', 'parentId', 'kind', 'code', 'name', sql<string>`path::text`.as('path')])
		.where('programmeId', '=', programmeId)
		.orderBy(sql`nlevel(path)`)
		.orderBy('code')
		.orderBy('search')
		.orderBy('id')
		.execute();
	return rows.map((row) => ({ ...row, kind: placeKind(row.kind) }));
}

/** What a place adds to the path of those below it. */
export const pathLabel = (id: string): string => id.replaceAll('-', '');

/**
 * Lets one transaction at a time change the network of a programme, so that what was looked at still holds when it is
 * written: a parent's kind, a chain of successors, the tree that an import was compared with.
 */
export async function holdNetwork(tx: Tx, programmeId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended(${`network ${programmeId}`}, 0))`.execute(tx);
}
