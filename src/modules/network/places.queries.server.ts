import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { fold } from '#platform/search-fold.ts';

/** Most places shown at once; whoever looks for another one searches. */
export const mostShown = 1000;

/** A place in the open part of the tree. */
export type ShownPlace = { id: string; parentId: string | null; kind: string; code: string | null; name: LocalText; below: number; open: boolean };

/** The tree, open along the way to one place: the top, and what lies in each place on that way and in the place itself. */
export async function openTree(tx: Tx, programmeId: string, at: string | null): Promise<{ places: ShownPlace[]; more: boolean }> {
	const { rows } = await sql<ShownPlace>`with way as (
			select up.id from network.place here join network.place up on here.path <@ up.path and up.programme_id = here.programme_id
			where here.id = ${at}::uuid and here.programme_id = ${programmeId})
		select p.id, p.parent_id, p.kind, p.code, p.name, p.id in (select id from way) as open,
			(select count(*)::int from network.place c where c.parent_id = p.id) as below
		from network.place p
		where p.programme_id = ${programmeId} and (p.parent_id is null or p.parent_id in (select id from way))
		order by nlevel(p.path), p.search limit ${mostShown + 1}`.execute(tx);
	return { places: rows.slice(0, mostShown), more: rows.length > mostShown };
}

/** A place found by a search, with the names on the way down to it. */
export type FoundPlace = { id: string; kind: string; code: string | null; name: LocalText; way: LocalText[] };

/** Places whose name or code has all the words, in either script; the first hundred. */
export async function searchPlaces(tx: Tx, programmeId: string, words: string): Promise<FoundPlace[]> {
	const folded = fold(words).split(' ').filter((word) => word !== '');
	if (folded.length === 0) return [];
	let query = tx
		.selectFrom('network.place as p')
		.select(['p.id', 'p.kind', 'p.code', 'p.name', wayTo('p')])
		.where('p.programmeId', '=', programmeId);
	for (const word of folded) query = query.where('p.search', 'like', `%${word}%`);
	return query.orderBy(sql`nlevel(p.path)`).orderBy('p.search').limit(100).execute();
}

const wayTo = (place: string) =>
	sql<LocalText[]>`coalesce((select jsonb_agg(up.name order by nlevel(up.path)) from network.place up
		where ${sql.ref(`${place}.path`)} <@ up.path and up.id <> ${sql.ref(`${place}.id`)} and up.programme_id = ${sql.ref(`${place}.programmeId`)}), '[]')`.as('way');

/** One place with what its page shows. @throws Problem `not-found` */
export async function getPlace(tx: Tx, programmeId: string, id: string) {
	const place = await tx
		.selectFrom('network.place as p')
		.select(['p.id', 'p.parentId', 'p.kind', 'p.code', 'p.name'])
		.where('p.id', '=', id)
		.where('p.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!place) throw notFound();
	const way = await sql<{ id: string; name: LocalText }>`select up.id, up.name from network.place here join network.place up on here.path <@ up.path
		where here.id = ${id} and up.id <> ${id} order by nlevel(up.path)`.execute(tx);
	const below = await tx.selectFrom('network.place').select(['id', 'name', 'kind', 'code']).where('parentId', '=', id).orderBy('search').limit(mostShown).execute();
	// Who serves a wider place serves this one too.
	const serving = await sql<{ id: string; name: LocalText; type: string }>`select distinct o.id, o.name, o.type, o.search
		from network.place here join network.place up on here.path <@ up.path
		join network.organisation_place s on s.place_id = up.id join network.organisation o on o.id = s.organisation_id
		where here.id = ${id} and coalesce(o.valid_to >= current_date, true) order by o.search`.execute(tx);
	return { ...place, way: way.rows, below, serving: serving.rows };
}
