import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { shownName } from '#platform/shown-name.ts';

/** Names of people, as far as the actor knows them. */
export async function peopleNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const rows = await tx.selectFrom('network.person as p').select(['p.id', shownName('p').as('displayName')]).where('p.id', 'in', [...new Set(ids)]).execute();
	return new Map(rows.map(({ id, displayName }) => [id, displayName]));
}

/** A role that somebody holds, with the names of its organisation and place. */
export type HeldRole = {
	id: string;
	personId: string;
	displayName: string;
	role: string;
	organisation: LocalText | null;
	place: LocalText | null;
	grantedAt: Date;
	/** Whether the person can sign in; null when the actor may not know. */
	account: 'open' | 'disabled' | 'invited' | null;
};

/** Roles held in a programme, by person. Coordinators and administrators see all of them, others their own. */
export async function heldRoles(tx: Tx, programmeId: string, personId?: string): Promise<HeldRole[]> {
	let query = tx
		.selectFrom('network.roleGrant as g')
		.innerJoin('network.person as p', 'p.id', 'g.personId')
		.leftJoin('network.organisation as o', 'o.id', 'g.organisationId')
		.leftJoin('network.place as here', 'here.id', 'g.placeId')
		.leftJoin('platform.account as a', 'a.personId', 'g.personId')
		.select(['g.id', 'g.personId', shownName('p').as('displayName'), 'g.role', 'o.name as organisation', 'here.name as place', 'g.grantedAt'])
		.select(sql<HeldRole['account']>`case when a.person_id is null then 'invited' when a.disabled_at is null then 'open' else 'disabled' end`.as('account'))
		.where('g.programmeId', '=', programmeId)
		.where('g.endedAt', 'is', null);
	if (personId !== undefined) query = query.where('g.personId', '=', personId);
	return query.orderBy(shownName('p')).orderBy('g.personId').orderBy('g.grantedAt').execute();
}

/** Somebody of a programme, with the roles held. @throws Problem `not-found` */
export async function personInProgramme(tx: Tx, programmeId: string, personId: string): Promise<{ id: string; displayName: string; roles: HeldRole[] }> {
	const person = await tx
		.selectFrom('network.person as p')
		.select(['p.id', shownName('p').as('displayName')])
		.where('p.id', '=', personId)
		.where(sql<boolean>`exists (select from network.role_grant g where g.person_id = p.id and g.programme_id = ${programmeId})`)
		.executeTakeFirst();
	if (!person) throw notFound();
	return { ...person, roles: await heldRoles(tx, programmeId, personId) };
}

/** Invitations that can still be accepted. */
export const openInvitations = (tx: Tx, programmeId: string) =>
	tx
		.selectFrom('platform.invitation as i')
		.innerJoin('network.person as p', 'p.id', 'i.personId')
		.select(['i.id', 'i.personId', shownName('p').as('displayName'), 'i.createdAt', 'i.expiresAt'])
		.where('i.programmeId', '=', programmeId)
		.where('i.acceptedAt', 'is', null)
		.where('i.revokedAt', 'is', null)
		.where('i.expiresAt', '>', new Date())
		.orderBy('i.createdAt', 'desc')
		.execute();
