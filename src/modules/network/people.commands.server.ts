import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { makeGrant, type Given, type Grant } from './grant.commands.server.ts';
import { makeInvitation } from '#platform/sign-in/invitations.server.ts';
import { endOtherSessions } from '#platform/sign-in/sessions.server.ts';

const actingPerson = (permit: Permit<string>): string | null => (permit.actor.kind === 'person' ? permit.actor.personId : null);

/**
 * Invites a new person into a programme, with a role that counts as soon as the invitation is accepted, and confirmed where it has to be.
 * @returns the link's token, this once: only its hash is kept
 */
export async function invite(
	tx: Tx,
	permit: Permit<'person.invite'>,
	fields: Grant & { readonly displayName: string },
	now: Date = new Date()
): Promise<{ personId: string; invitationId: string; token: string; waits: boolean }> {
	const { programmeId } = permit.subject;
	const personId = newId();
	const { displayName, ...grant } = fields;
	await tx.insertInto('network.person').values({ id: personId, displayName }).execute();
	const { waits } = await makeGrant(tx, permit, personId, grant);
	const { id, token } = await makeInvitation(tx, { programmeId, personId, invitedBy: actingPerson(permit), now });
	await journal(tx, permit, { table: 'platform.invitation', id, after: { personId, ...grant, waits } });
	return { personId, invitationId: id, token, waits };
}

/** Makes an invitation void that nobody has accepted yet. @throws Problem `invitation.void` (409) */
export async function revokeInvitation(tx: Tx, permit: Permit<'invitation.revoke'>, now: Date = new Date()): Promise<void> {
	const { id } = permit.subject;
	const done = await tx
		.updateTable('platform.invitation')
		.set({ revokedAt: now })
		.where('id', '=', id)
		.where('acceptedAt', 'is', null)
		.where('revokedAt', 'is', null)
		.executeTakeFirst();
	if (done.numUpdatedRows !== 1n) throw problem('invitation.void', 409);
	await journal(tx, permit, { table: 'platform.invitation', id, after: { revoked: true } });
}

/**
 * Gives somebody who is in the programme already a further role.
 * @returns where it stands: in force, or waiting for a coordinator
 * @throws Problem `grant.to-oneself` (403): roles come from somebody else, so that administering never silently becomes reading
 */
export async function giveGrant(tx: Tx, permit: Permit<'grant.give'>, personId: string, grant: Grant): Promise<Given> {
	if (personId === actingPerson(permit)) throw problem('grant.to-oneself', 403);
	const given = await makeGrant(tx, permit, personId, grant);
	await journal(tx, permit, { table: given.waits ? 'network.proposed_grant' : 'network.role_grant', id: given.id, after: { personId, ...grant } });
	return given;
}

/** Two who end each other's role, or close each other's account, at the same moment wait here. */
const oneAtATime = (tx: Tx, programmeId: string): Promise<unknown> => tx.selectFrom('network.programme').select('id').where('id', '=', programmeId).forUpdate().execute();

type Coordinating = { readonly id: string; readonly personId: string };

/**
 * Demands that after a change somebody who can sign in still coordinates the programme as a whole. Where nobody could before, nothing
 * is taken away. Asked as the system: a person sees no accounts.
 * @param after which of the roles are left by the change
 * @throws Problem `grant.last-coordinator` (409)
 */
async function demandCoordinator(tx: Tx, programmeId: string, after: (grants: readonly Coordinating[]) => readonly Coordinating[]): Promise<void> {
	const grants = await tx
		.selectFrom('network.roleGrant as g')
		.innerJoin('platform.account as a', 'a.personId', 'g.personId')
		.select(['g.id', 'g.personId'])
		.where('g.programmeId', '=', programmeId)
		.where('g.role', '=', 'coordinator')
		.where('g.placeId', 'is', null)
		.where('g.endedAt', 'is', null)
		.where('a.disabledAt', 'is', null)
		.execute();
	if (grants.length > 0 && after(grants).length === 0) throw problem('grant.last-coordinator', 409);
}

/**
 * Ends a role.
 * @throws Problem `grant.ended-already` (409), `grant.last-coordinator` (409): a programme keeps somebody who coordinates it as a whole
 */
export async function endGrant(tx: Tx, permit: Permit<'grant.end'>, now: Date = new Date()): Promise<void> {
	const { id, programmeId } = permit.subject;
	await oneAtATime(tx, programmeId);
	const before = await tx.selectFrom('network.roleGrant').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (before.endedAt) throw problem('grant.ended-already', 409);
	await asActor(tx, system('sign-in'), () => demandCoordinator(tx, programmeId, (grants) => grants.filter((grant) => grant.id !== id)));
	await tx.updateTable('network.roleGrant').set({ endedAt: now }).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'network.role_grant', id, before, after: { ...before, endedAt: now } });
}

/**
 * Closes a person's account and ends all her sessions at once.
 * @throws Problem `person.disable-oneself` (409), `person.elsewhere-too` (409) when she holds a role in another programme,
 *   `not-permitted` (403) for who administers the installation, `person.no-account` (409), `grant.last-coordinator` (409)
 */
export async function disableAccount(tx: Tx, permit: Permit<'person.disable'>, now: Date = new Date()): Promise<void> {
	const { id: personId, programmeId } = permit.subject;
	if (personId === actingPerson(permit)) throw problem('person.disable-oneself', 409);
	await oneAtATime(tx, programmeId);
	// What lies in other programmes is not visible to whoever acts here, and no person may write accounts.
	await asActor(tx, system('sign-in'), async () => {
		const account = await tx.selectFrom('platform.account').select('installationAdministrator').where('personId', '=', personId).forUpdate().executeTakeFirst();
		if (!account) throw problem('person.no-account', 409);
		if (account.installationAdministrator) throw problem('not-permitted', 403);
		const elsewhere = await tx
			.selectFrom('network.roleGrant')
			.select('id')
			.where('personId', '=', personId)
			.where('programmeId', '<>', programmeId)
			.where('endedAt', 'is', null)
			.executeTakeFirst();
		if (elsewhere) throw problem('person.elsewhere-too', 409);
		await demandCoordinator(tx, programmeId, (grants) => grants.filter((grant) => grant.personId !== personId));
		await tx.updateTable('platform.account').set({ disabledAt: now }).where('personId', '=', personId).execute();
		await endOtherSessions(tx, personId, null, now);
	});
	await journal(tx, permit, { table: 'platform.account', id: personId, after: { disabled: true } });
}
