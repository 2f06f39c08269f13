import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { mayI } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import { shownName, shownNameIfAny } from '#platform/shown-name.ts';
import { confirmGrant, confirmRecovery } from './permits.ts';

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
	/** Who gave it; null: it is from setting the programme up. */
	givenBy: string | null;
	/** The coordinator who confirmed what an administrator gave. */
	confirmedBy: string | null;
	/** Whether the person can sign in; null when the actor may not know. */
	account: 'open' | 'disabled' | 'invited' | null;
};

/** Roles held in a programme, by person, each with who gave it and who confirmed it. Everybody who takes part sees all of them. */
export async function heldRoles(tx: Tx, programmeId: string, personId?: string): Promise<HeldRole[]> {
	let query = tx
		.selectFrom('network.roleGrant as g')
		.innerJoin('network.person as p', 'p.id', 'g.personId')
		.leftJoin('network.organisation as o', 'o.id', 'g.organisationId')
		.leftJoin('network.place as here', 'here.id', 'g.placeId')
		.leftJoin('network.person as giver', 'giver.id', 'g.grantedBy')
		.leftJoin('network.person as confirmer', 'confirmer.id', 'g.confirmedBy')
		.leftJoin('platform.account as a', 'a.personId', 'g.personId')
		.select(['g.id', 'g.personId', shownName('p').as('displayName'), 'g.role', 'o.name as organisation', 'here.name as place', 'g.grantedAt'])
		.select([shownNameIfAny('giver').as('givenBy'), shownNameIfAny('confirmer').as('confirmedBy')])
		.select(sql<HeldRole['account']>`case when a.person_id is null then 'invited' when a.disabled_at is null then 'open' else 'disabled' end`.as('account'))
		.where('g.programmeId', '=', programmeId)
		.where('g.endedAt', 'is', null);
	if (personId !== undefined) query = query.where('g.personId', '=', personId);
	return query.orderBy(shownName('p')).orderBy('g.personId').orderBy('g.grantedAt').execute();
}

/** A role that waits for a coordinator's word. */
export type ProposedRole = Omit<HeldRole, 'account' | 'grantedAt' | 'givenBy' | 'confirmedBy'> & { readonly proposedAt: Date; readonly proposedBy: string | null };

/** Roles of a programme that wait to be confirmed. Coordinators and administrators see all of them, others their own. */
export async function proposedRoles(tx: Tx, programmeId: string, personId?: string): Promise<ProposedRole[]> {
	let query = tx
		.selectFrom('network.proposedGrant as g')
		.innerJoin('network.person as p', 'p.id', 'g.personId')
		.leftJoin('network.person as by', 'by.id', 'g.proposedBy')
		.leftJoin('network.organisation as o', 'o.id', 'g.organisationId')
		.leftJoin('network.place as here', 'here.id', 'g.placeId')
		.select(['g.id', 'g.personId', shownName('p').as('displayName'), 'g.role', 'o.name as organisation', 'here.name as place', 'g.proposedAt', shownNameIfAny('by').as('proposedBy')])
		.where('g.programmeId', '=', programmeId)
		.where('g.decidedAt', 'is', null);
	if (personId !== undefined) query = query.where('g.personId', '=', personId);
	return query.orderBy('g.proposedAt').orderBy('g.id').execute();
}

/** Whether a role of the acting person waits to be confirmed, in whatever programme: for who sees nothing yet. */
export async function ownRoleWaits(tx: Tx, personId: string): Promise<boolean> {
	const found = await tx.selectFrom('network.proposedGrant').select('id').where('personId', '=', personId).where('decidedAt', 'is', null).executeTakeFirst();
	return found !== undefined;
}

/** Accounts that are being given back. Coordinators and administrators of the whole programme see them. */
export const openRecoveries = (tx: Tx, programmeId: string, personId?: string) => {
	const query = tx
		.selectFrom('platform.recovery as r')
		.innerJoin('network.person as p', 'p.id', 'r.personId')
		.leftJoin('network.person as by', 'by.id', 'r.askedBy')
		.select(['r.id', 'r.personId', shownName('p').as('displayName'), 'r.askedBy', shownNameIfAny('by').as('askedByName'), 'r.confirmedAt', 'r.expiresAt'])
		.where('r.programmeId', '=', programmeId)
		.where('r.usedAt', 'is', null)
		.where('r.endedAt', 'is', null)
		.where('r.expiresAt', '>', new Date());
	return (personId === undefined ? query : query.where('r.personId', '=', personId)).orderBy('r.askedAt').execute();
};

/** Who waits for the acting person to confirm something: an account to be given back, or a role. The oldest first of each. */
export async function waitingToConfirm(tx: Tx, programmeId: string): Promise<{ id: string; personId: string; displayName: string; what: 'account' | 'role' }[]> {
	const accounts = (await openRecoveries(tx, programmeId)).filter(({ confirmedAt }) => confirmedAt === null);
	const waiting = [
		...accounts.map(({ id, personId, displayName }) => ({ id, personId, displayName, what: 'account' as const, verb: confirmRecovery })),
		...(await proposedRoles(tx, programmeId)).map(({ id, personId, displayName }) => ({ id, personId, displayName, what: 'role' as const, verb: confirmGrant }))
	];
	const mine = [];
	for (const { verb, ...one } of waiting) if (await mayI(tx, verb, one.id)) mine.push(one);
	return mine;
}

/** Somebody of a programme, with the roles held. @throws Problem `not-found` */
export async function personInProgramme(tx: Tx, programmeId: string, personId: string): Promise<{ id: string; displayName: string; roles: HeldRole[] }> {
	const person = await tx
		.selectFrom('network.person as p')
		.select(['p.id', shownName('p').as('displayName')])
		.where('p.id', '=', personId)
		.where(sql<boolean>`(exists (select from network.role_grant g where g.person_id = p.id and g.programme_id = ${programmeId})
			or exists (select from network.proposed_grant g where g.person_id = p.id and g.programme_id = ${programmeId}))`)
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
