import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { rolledBack, useDatabase } from '../../../test/database.ts';
import { addPerson, makeWorld } from '../../../test/personas.ts';
import { system, type Actor } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { permit, roles, type Role } from '#platform/permit.server.ts';
import { confirmGrant, declineGrant } from './grant.commands.server.ts';
import * as people from './people.commands.server.ts';
import { heldRoles, ownRoleWaits, proposedRoles } from './people.queries.server.ts';
import * as verbs from './permits.ts';

useDatabase();

const give = (tx: Tx, by: Actor, programmeId: string, personId: string, role: Role) =>
	asActor(tx, by, async () => people.giveGrant(tx, await permit(tx, verbs.giveGrant, { programmeId }), personId, { role, organisationId: null, placeId: null }));
const confirm = (tx: Tx, by: Actor, id: string) => asActor(tx, by, async () => confirmGrant(tx, await permit(tx, verbs.confirmGrant, id)));
const may = (tx: Tx, who: Actor, role: Role, programmeId: string) =>
	asActor(tx, who, async () => (await sql<{ may: boolean }>`select network.may(array[${role}]::text[], ${programmeId}::uuid) as may`.execute(tx)).rows[0]?.may);

/** Whether a statement goes through; nothing of it stays. */
async function goes(tx: Tx, by: Actor, work: () => Promise<unknown>): Promise<boolean> {
	await sql`savepoint tried`.execute(tx);
	try {
		await asActor(tx, by, work);
		return true;
	} catch {
		return false;
	} finally {
		await sql`rollback to savepoint tried`.execute(tx);
	}
}

describe('a role that opens content', () => {
	it('counts at once when a coordinator gives it, and when an administrator does, once a coordinator has confirmed it', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const { programmeId, person, stranger } = await makeWorld(tx);
			expect(await give(tx, person.coordinator, programmeId, stranger.personId, 'member')).toMatchObject({ waits: false });
			for (const role of roles.filter((each) => each !== 'administrator')) {
				const alias = await addPerson(tx, `alias ${role}`);
				const { id, waits } = await give(tx, person.administrator, programmeId, alias.personId, role);
				expect([role, waits, await may(tx, alias, role, programmeId)]).toEqual([role, true, false]);
				await confirm(tx, person.coordinator, id);
				expect([role, await may(tx, alias, role, programmeId)]).toEqual([role, true]);
			}
			expect(await give(tx, person.administrator, programmeId, person.member.personId, 'administrator')).toMatchObject({ waits: false });
		});
	});

	it('is confirmed neither by who proposed it, nor by who gets it, nor by another administrator, nor twice', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const { programmeId, person, stranger } = await makeWorld(tx);
			const second = await addPerson(tx, 'second administrator', { programmeId, role: 'administrator' });
			const { id } = await give(tx, person.administrator, programmeId, stranger.personId, 'coordinator');
			for (const actor of [person.administrator, second, person.member, stranger]) await expect(confirm(tx, actor, id)).rejects.toMatchObject({ status: expect.any(Number) });
			const own = await give(tx, person.administrator, programmeId, person.coordinator.personId, 'analyst');
			await expect(confirm(tx, person.coordinator, own.id)).rejects.toMatchObject({ status: 403 });
			await confirm(tx, person.coordinator, id);
			await expect(confirm(tx, person.coordinator, id)).rejects.toMatchObject({ code: 'grant.not-waiting' });
		});
	});

	it('cannot be had past the command either: the database lets no administrator write it', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const { programmeId, person, stranger } = await makeWorld(tx);
			const row = (role: Role, personId: string) => ({ id: crypto.randomUUID(), programmeId, personId, role });
			const insert = (by: Actor, role: Role, personId: string) => goes(tx, by, () => tx.insertInto('network.roleGrant').values(row(role, personId)).execute());
			const { id } = await give(tx, person.administrator, programmeId, stranger.personId, 'analyst');
			const decided = async (by: Actor): Promise<unknown> =>
				asActor(tx, by, async () => (await sql<{ done: boolean }>`select network.decide_grant(${id}::uuid, 'confirmed', gen_random_uuid()) as done`.execute(tx)).rows[0]?.done);
			for (const role of roles) {
				expect([role, await insert(person.administrator, role, stranger.personId)]).toEqual([role, role === 'administrator']);
				expect([role, await insert(person.administrator, role, person.administrator.personId)]).toEqual([role, false]);
				expect([role, await insert(person.coordinator, role, stranger.personId)]).toEqual([role, true]);
			}
			for (const actor of [person.administrator, person.member, stranger]) expect(await decided(actor)).toBe(false);
			const held = (await asActor(tx, person.administrator, () => heldRoles(tx, programmeId))).find((each) => each.role === 'donor');
			expect(await goes(tx, person.administrator, () => sql`update network.role_grant set role = 'coordinator' where id = ${held?.id}`.execute(tx))).toBe(false);
			expect(await goes(tx, person.administrator, () => sql`update network.role_grant set ended_at = null where id = ${held?.id}`.execute(tx))).toBe(false);
		});
	});

	it('is shown to everybody with who gave and who confirmed it, and while it waits to who manages and to whom it is for', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const { programmeId, person } = await makeWorld(tx);
			const invited = await asActor(tx, person.administrator, async () =>
				people.invite(tx, await permit(tx, verbs.invitePerson, { programmeId }), { displayName: 'Yangi', role: 'member', organisationId: null, placeId: null })
			);
			expect(invited.waits).toBe(true);
			const waiting = (by: Actor) => asActor(tx, by, () => proposedRoles(tx, programmeId));
			expect((await waiting(person.coordinator)).map((each) => [each.displayName, each.proposedBy])).toEqual([['Yangi', 'administrator']]);
			expect(await waiting(person.member)).toEqual([]);
			await asActor(tx, { kind: 'person', personId: invited.personId }, async () => expect(await ownRoleWaits(tx, invited.personId)).toBe(true));
			const [mail] = await asActor(tx, person.coordinator, () => tx.selectFrom('platform.mail').select('body').where('toPerson', '=', person.coordinator.personId).execute());
			expect(mail?.body).not.toContain('Yangi');
			await confirm(tx, person.coordinator, (await waiting(person.coordinator))[0]?.id ?? '');
			for (const actor of [person.member, person.donor, person.official]) {
				const seen = await asActor(tx, actor, () => heldRoles(tx, programmeId));
				expect(seen.find((each) => each.displayName === 'Yangi')).toMatchObject({ givenBy: 'administrator', confirmedBy: 'coordinator' });
			}
		});
	});

	it('is declined by a coordinator, and taken back by who proposed it', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const { programmeId, person, stranger } = await makeWorld(tx);
			const decline = (by: Actor, id: string) => asActor(tx, by, async () => declineGrant(tx, await permit(tx, verbs.declineGrant, id)));
			for (const by of [person.coordinator, person.administrator]) {
				const { id } = await give(tx, person.administrator, programmeId, stranger.personId, 'analyst');
				await expect(decline(person.member, id)).rejects.toMatchObject({ status: 404 });
				await decline(by, id);
				await expect(confirm(tx, person.coordinator, id)).rejects.toMatchObject({ code: 'grant.not-waiting' });
			}
			expect(await may(tx, stranger, 'analyst', programmeId)).toBe(false);
		});
	});

	it('is confirmed by who administers the installation where no coordinator can sign in any more, but never his own proposal', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const { programmeId, person, stranger } = await makeWorld(tx);
			const root = await addPerson(tx, 'root', { programmeId, role: 'administrator' });
			await asActor(tx, system('first-run'), () => tx.updateTable('platform.account').set({ installationAdministrator: true }).where('personId', '=', root.personId).execute());
			const { id } = await give(tx, person.administrator, programmeId, stranger.personId, 'coordinator');
			await expect(confirm(tx, root, id)).rejects.toMatchObject({ status: 403 });
			await asActor(tx, system('sign-in'), () => tx.updateTable('platform.account').set({ disabledAt: new Date() }).where('personId', '=', person.coordinator.personId).execute());
			const own = await give(tx, root, programmeId, stranger.personId, 'analyst');
			await expect(confirm(tx, root, own.id)).rejects.toMatchObject({ status: 403 });
			await confirm(tx, root, id);
			expect(await may(tx, stranger, 'coordinator', programmeId)).toBe(true);
		});
	});
});
