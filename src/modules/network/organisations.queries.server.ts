import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { notFound } from '#platform/problem.ts';
import { fold } from '#platform/search-fold.ts';
import type { LocalText } from '#platform/locales.ts';
import { shownName } from '#platform/shown-name.ts';
import { contactSchema, organisationFields, type Contact } from './organisation.ts';
import type { KnownOrganisation } from './organisations.import.ts';

/** All organisations of a programme with all their fields: what an export writes and an import is compared with. */
export async function allOrganisations(tx: Tx, programmeId: string): Promise<KnownOrganisation[]> {
	const rows = await tx
		.selectFrom('network.organisation as o')
		.select(['o.id', 'o.type', 'o.name', 'o.description', 'o.languages', 'o.contact', 'o.validFrom', 'o.validTo', 'o.successorId', servedPlaces])
		.where('o.programmeId', '=', programmeId)
		.orderBy('o.search')
		.orderBy('o.id')
		.execute();
	return rows.map((row) => ({ ...organisationFields.parse(row), id: row.id }));
}

const servedPlaces = sql<string[]>`array(select s.place_id::text from network.organisation_place s where s.organisation_id = o.id order by s.place_id)`.as('places');

/** What a list of organisations can be narrowed to. */
export type OrganisationFilter = { search: string; type: string; placeId: string; validToday: boolean };
export type OrganisationLine = {
	id: string;
	type: string;
	name: LocalText;
	languages: string[];
	contact: Contact;
	validFrom: string | null;
	validTo: string | null;
	places: LocalText[];
	successor: LocalText | null;
};
export type OrganisationPage = { rows: OrganisationLine[]; matching: number; total: number };

const orders = {
	name: sql`o.search`,
	type: sql`o.type`,
	from: sql`o.valid_from`,
	to: sql`o.valid_to`
} as const;

/** Organisations for a table: searched in both scripts, filtered, sorted, one page of them. */
export async function listOrganisations(
	tx: Tx,
	programmeId: string,
	filter: OrganisationFilter,
	table: { sort: { key: string; descending: boolean } | undefined; offset: number; pageSize: number }
): Promise<OrganisationPage> {
	const words = fold(filter.search).split(' ').filter((word) => word !== '');
	let matching = tx.selectFrom('network.organisation as o').where('o.programmeId', '=', programmeId);
	for (const word of words) matching = matching.where('o.search', 'like', `%${word}%`);
	if (filter.type !== '') matching = matching.where('o.type', '=', filter.type);
	if (filter.validToday) {
		matching = matching.where(sql<boolean>`coalesce(o.valid_from <= current_date, true) and coalesce(o.valid_to >= current_date, true)`);
	}
	// Who serves a region serves what lies in it, and a filter by a region finds who serves a part of it.
	if (filter.placeId !== '') {
		matching = matching.where(sql<boolean>`exists (select from network.organisation_place s join network.place p on p.id = s.place_id
			join network.place here on here.id = ${filter.placeId}::uuid
			where s.organisation_id = o.id and (p.path <@ here.path or here.path <@ p.path))`);
	}
	const { count } = await matching.select(sql<string>`count(*)`.as('count')).executeTakeFirstOrThrow();
	const { total } = await tx.selectFrom('network.organisation').select(sql<string>`count(*)`.as('total')).where('programmeId', '=', programmeId).executeTakeFirstOrThrow();
	const order = Object.entries(orders).find(([key]) => key === table.sort?.key)?.[1] ?? orders.name;
	const rows = await matching
		.leftJoin('network.organisation as successor', 'successor.id', 'o.successorId')
		.select(['o.id', 'o.type', 'o.name', 'o.languages', 'o.contact', 'o.validFrom', 'o.validTo', 'successor.name as successor'])
		.select(sql<LocalText[]>`coalesce((select jsonb_agg(p.name order by p.path) from network.organisation_place s join network.place p on p.id = s.place_id where s.organisation_id = o.id), '[]')`.as('places'))
		.orderBy(table.sort?.descending ? sql`${order} desc nulls last` : sql`${order} asc nulls last`)
		.orderBy('o.id')
		.offset(table.offset)
		.limit(table.pageSize)
		.execute();
	return { rows: rows.map((row) => ({ ...row, contact: contactSchema.parse(row.contact) })), matching: Number(count), total: Number(total) };
}

/** One organisation with everything its page shows. @throws Problem `not-found` */
export async function getOrganisation(tx: Tx, programmeId: string, id: string) {
	const found = await tx.selectFrom('network.organisation').selectAll().where('id', '=', id).where('programmeId', '=', programmeId).executeTakeFirst();
	if (!found) throw notFound();
	const places = await tx
		.selectFrom('network.organisationPlace as s')
		.innerJoin('network.place as p', 'p.id', 's.placeId')
		.select(['p.id', 'p.name'])
		.where('s.organisationId', '=', id)
		.orderBy('p.path')
		.execute();
	const people = await tx
		.selectFrom('network.roleGrant as g')
		.innerJoin('network.person as p', 'p.id', 'g.personId')
		.leftJoin('network.place as place', 'place.id', 'g.placeId')
		.select(['p.id', shownName('p').as('displayName'), 'g.role', 'place.name as place'])
		.where('g.organisationId', '=', id)
		.where('g.endedAt', 'is', null)
		.orderBy(shownName('p'))
		.execute();
	const { search: _search, ...organisation } = found;
	return { ...organisation, contact: contactSchema.parse(found.contact), places, people, ...(await successionOf(tx, programmeId, id)) };
}

/** An organisation in a chain of successors. */
export type Succession = { id: string; name: LocalText; validFrom: string | null; validTo: string | null; depth: number };

/** Those that came before an organisation, the oldest first, and those after it. The walk ends where a chain would close. */
async function successionOf(tx: Tx, programmeId: string, id: string): Promise<{ before: Succession[]; after: Succession[] }> {
	const walk = async (forward: boolean): Promise<Succession[]> => {
		const step = forward ? sql`o.id = c.successor_id` : sql`o.successor_id = c.id`;
		const { rows } = await sql<Succession>`with recursive chain as (
				select o.id, o.name, o.valid_from, o.valid_to, o.successor_id, 0 as depth, array[o.id] as seen
				from network.organisation o where o.id = ${id} and o.programme_id = ${programmeId}
				union all
				select o.id, o.name, o.valid_from, o.valid_to, o.successor_id, c.depth + 1, c.seen || o.id
				from chain c join network.organisation o on ${step} and o.programme_id = ${programmeId}
				where not o.id = any(c.seen) and c.depth < 50)
			select id, name, valid_from, valid_to, depth from chain where depth > 0 order by depth`.execute(tx);
		return rows;
	};
	const [before, after] = [await walk(false), await walk(true)];
	return { before: before.reverse(), after };
}

/** All organisations of a programme by name, former ones too: for choosing a successor. */
export const organisationNames = (tx: Tx, programmeId: string): Promise<{ id: string; name: LocalText }[]> =>
	tx.selectFrom('network.organisation').select(['id', 'name']).where('programmeId', '=', programmeId).orderBy('search').execute();
