import { sql } from 'kysely';
import { actorOf, type Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { roles as allRoles, type Role } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';

/** What every page of a programme needs to know of it. */
export type ProgrammeFacts = {
	id: string;
	name: LocalText;
	summary: LocalText;
	country: string;
	timeZone: string;
	currency: string;
	startsOn: string | null;
	endsOn: string | null;
	funderStatement: LocalText;
	funderDisclaimer: LocalText;
	demonstration: boolean;
	thresholdPeople: number;
	thresholdSurvivors: number;
	stalledAfterDays: number;
};

const programmeColumns = [
	'id',
	'name',
	'summary',
	'country',
	'timeZone',
	'currency',
	'startsOn',
	'endsOn',
	'funderStatement',
	'funderDisclaimer',
	'demonstration',
	'thresholdPeople',
	'thresholdSurvivors',
	'stalledAfterDays'
] as const;

/** A programme that the actor takes part in. @throws Problem `not-found` */
export async function getProgramme(tx: Tx, id: string): Promise<ProgrammeFacts> {
	const found = await tx.selectFrom('network.programme').select(programmeColumns).where('id', '=', id).executeTakeFirst();
	if (!found) throw notFound();
	return found;
}

/** Programmes that the actor takes part in, newest first. */
export const myProgrammes = (tx: Tx): Promise<ProgrammeFacts[]> =>
	tx.selectFrom('network.programme').select(programmeColumns).orderBy('createdAt', 'desc').execute();

/** A role the acting person holds in a programme. */
export type MyRole = { role: Role; placeId: string | null; organisationId: string | null };

/** The roles the acting person holds in a programme. */
export async function myRoles(tx: Tx, programmeId: string): Promise<MyRole[]> {
	const actor = actorOf(tx);
	if (actor.kind !== 'person') return [];
	const rows = await tx
		.selectFrom('network.roleGrant')
		.select(['role', 'placeId', 'organisationId'])
		.where('programmeId', '=', programmeId)
		.where('personId', '=', actor.personId)
		.where('endedAt', 'is', null)
		.execute();
	return rows.flatMap(({ role, ...where }) => {
		const known = allRoles.find((each) => each === role);
		return known ? [{ role: known, ...where }] : [];
	});
}

/** Somebody who may see a record, and by which role. */
export type Holder = { personId: string; displayName: string; role: string; organisationId: string | null; placeId: string | null };

/**
 * Who can see a record: everyone who holds one of the roles over its programme and place. Everybody in the programme
 * may ask this of a record that they see themselves.
 * @param readers the roles that the record's fence lets read
 */
export async function whoCanSee(tx: Tx, readers: readonly Role[], programmeId: string, placeId: string | null): Promise<Holder[]> {
	const { rows } = await sql<Holder>`select * from network.holders(${[...readers]}::text[], ${programmeId}, ${placeId})`.execute(tx);
	return rows;
}

/** A place as a choice in a form or a filter. */
export type PlaceOption = { id: string; parentId: string | null; kind: string; name: LocalText; depth: number };

/** The places of a programme in the order of the tree, down to a kind. */
export async function placeOptions(tx: Tx, programmeId: string, deepest: 'region' | 'district' | 'mahalla' = 'district'): Promise<PlaceOption[]> {
	const kinds = ['country', 'region', 'district', 'mahalla'];
	const rows = await tx
		.selectFrom('network.place')
		.select(['id', 'parentId', 'kind', 'name', sql<number>`nlevel(path)`.as('depth')])
		.where('programmeId', '=', programmeId)
		.where('kind', 'in', kinds.slice(0, kinds.indexOf(deepest) + 1))
		.orderBy(sql`nlevel(path)`)
		.orderBy('search')
		.execute();
	const below = Map.groupBy(rows, (row) => row.parentId);
	const inOrder = (parent: string | null): PlaceOption[] => (below.get(parent) ?? []).flatMap((row) => [row, ...inOrder(row.id)]);
	return inOrder(null);
}

/** An organisation as a choice in a form or a filter. */
export type OrganisationOption = { id: string; type: string; name: LocalText };

/** The organisations of a programme that exist today, of some types or of all. */
export async function organisationOptions(tx: Tx, programmeId: string, types?: readonly string[]): Promise<OrganisationOption[]> {
	let query = tx
		.selectFrom('network.organisation')
		.select(['id', 'type', 'name'])
		.where('programmeId', '=', programmeId)
		.where((on) => on.or([on('validTo', 'is', null), on('validTo', '>=', sql<string>`current_date`)]))
		.orderBy('search');
	if (types) query = query.where('type', 'in', [...types]);
	return query.execute();
}

/** Types of organisations that a recommendation can be addressed to and that can make commitments. */
export const authorityTypes = [
	'local_authority',
	'ministry',
	'commission',
	'national_centre',
	'state_rehabilitation_centre',
	'makhalla_committee'
] as const;
