import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit, Role } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { tellCoordinators } from './tell.server.ts';

/** A role to be held: where, and for whom. `placeId` null: in the whole programme. */
export type Grant = { readonly role: Role; readonly organisationId: string | null; readonly placeId: string | null };

/** What became of a role that was given. `waits`: it counts once a coordinator has confirmed it. */
export type Given = { readonly id: string; readonly waits: boolean };

/**
 * Gives a role, or proposes it: one that opens content, given by who administers and does not coordinate, waits for a coordinator
 * (decision 0037). The fence says the same (`network.role_grant`, policy `writers`).
 */
export async function makeGrant(tx: Tx, permit: Permit<'person.invite' | 'grant.give'>, personId: string, grant: Grant): Promise<Given> {
	const id = newId();
	const { programmeId } = permit.subject;
	const by = permit.actor.kind === 'person' ? permit.actor.personId : null;
	if (by === null || grant.role === 'administrator' || (await coordinates(tx, programmeId))) {
		await tx.insertInto('network.roleGrant').values({ id, programmeId, personId, grantedBy: by, ...grant }).execute();
		return { id, waits: false };
	}
	await tx.insertInto('network.proposedGrant').values({ id, programmeId, personId, proposedBy: by, ...grant }).execute();
	await tellCoordinators(tx, programmeId, 'grant-waits');
	return { id, waits: true };
}

async function coordinates(tx: Tx, programmeId: string): Promise<boolean> {
	const { rows } = await sql<{ may: boolean }>`select network.may(array['coordinator'], ${programmeId}::uuid) as may`.execute(tx);
	return rows[0]?.may === true;
}

/** Confirms a proposed role: from now on it counts. @returns the role's id @throws Problem `grant.not-waiting` (409) */
export async function confirmGrant(tx: Tx, permit: Permit<'grant.confirm'>): Promise<string> {
	const { id } = permit.subject;
	const given = newId();
	await decide(tx, id, 'confirmed', given);
	await journal(tx, permit, { table: 'network.role_grant', id: given, after: { proposal: id } });
	return given;
}

/** Declines a proposed role, or takes back what one proposed oneself. @throws Problem `grant.not-waiting` (409) */
export async function declineGrant(tx: Tx, permit: Permit<'grant.decline'>): Promise<void> {
	const { id } = permit.subject;
	await decide(tx, id, 'declined', null);
	await journal(tx, permit, { table: 'network.proposed_grant', id, after: { declined: true } });
}

async function decide(tx: Tx, id: string, decision: 'confirmed' | 'declined', given: string | null): Promise<void> {
	const { rows } = await sql<{ done: boolean }>`select network.decide_grant(${id}::uuid, ${decision}, ${given}::uuid) as done`.execute(tx);
	if (rows[0]?.done !== true) throw problem('grant.not-waiting', 409);
}
