import { describe, expect, it } from 'vitest';
import { rolledBack, useDatabase } from '../../../test/database.ts';
import { addPerson, makeWorld, type World } from '../../../test/personas.ts';
import { system, type Actor } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { readSession, tokenHash } from '#platform/session.server.ts';
import { endMyRecovery, myRecovery, openRecovery, recoverAtTerminal, tryRecoveryCode, useRecovery } from '#platform/sign-in/recovery.server.ts';
import { factorsOf } from '#platform/sign-in/second-factor.server.ts';
import { openSession } from '#platform/sign-in/sessions.server.ts';
import * as verbs from './permits.ts';
import { askRecovery, confirmRecovery, endRecovery } from './recovery.commands.server.ts';

useDatabase();

const password = 'toʻrt oq ot choʻlda';
const signIn = <T>(tx: Tx, work: () => Promise<T>): Promise<T> => asActor(tx, system('sign-in'), work);
const hours = (n: number): Date => new Date(Date.now() + n * 3_600_000);

/** A second coordinator, so that two can act together. */
const withSecond = async (tx: Tx): Promise<World & { second: Actor & { kind: 'person' } }> => {
	const world = await makeWorld(tx);
	return { ...world, second: await addPerson(tx, 'second', { programmeId: world.programmeId, role: 'coordinator' }) };
};
const ask = (tx: Tx, world: World, by: Actor, personId: string) =>
	asActor(tx, by, async () => askRecovery(tx, await permit(tx, verbs.askRecovery, { programmeId: world.programmeId, personId })));
const confirm = (tx: Tx, by: Actor, id: string, now?: Date) => asActor(tx, by, async () => confirmRecovery(tx, await permit(tx, verbs.confirmRecovery, id), now));
const use = (tx: Tx, token: string, code: string, now = new Date()) =>
	signIn(tx, async () => ((await tryRecoveryCode(tx, token, code, now)) ? useRecovery(tx, token, { code, password, by: 'codes' }, now) : null));

describe('an account whose every way in is lost', () => {
	it('is given back, the same account, by two people together: what opened it before is gone and every session has ended', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await withSecond(tx);
			const { member, administrator } = world.person;
			const session = await signIn(tx, async () => {
				await tx.insertInto('platform.passkey').values({ id: 'old', personId: member.personId, publicKey: Buffer.from('k') }).execute();
				await tx.updateTable('platform.account').set({ passwordHash: 'old', totpSecret: Buffer.from('x'), totpConfirmedAt: new Date() }).where('personId', '=', member.personId).execute();
				return openSession(tx, member.personId, { label: 'old', now: new Date() });
			});
			const { id, code } = await ask(tx, world, administrator, member.personId);
			const { token } = await confirm(tx, world.person.coordinator, id);
			// Nothing has changed yet: asking locks nobody out.
			await signIn(tx, async () => expect(await factorsOf(tx, member.personId)).toMatchObject({ password: true, totp: true, passkeys: 1 }));
			expect(await use(tx, token, code.toLowerCase())).toMatchObject({ personId: member.personId });
			await signIn(tx, async () => {
				expect(await factorsOf(tx, member.personId)).toEqual({ password: true, totp: false, codesLeft: 10, passkeys: 0 });
				const open = await tx.selectFrom('platform.session').select('id').where('tokenHash', '=', tokenHash(session)).where('endedAt', 'is', null).execute();
				expect(open).toEqual([]);
				await expect(openRecovery(tx, token, new Date())).rejects.toMatchObject({ code: 'recovery.void', status: 410 });
			});
			await asActor(tx, world.person.coordinator, async () => {
				const told = await tx.selectFrom('platform.journal').select('verb').where('verb', 'like', 'recovery.%').orderBy('id').execute();
				expect(told.map(({ verb }) => verb)).toEqual(['recovery.ask', 'recovery.confirm', 'recovery.use']);
			});
			await asActor(tx, member, async () => {
				const mails = await tx.selectFrom('platform.mail').select('body').where('toPerson', '=', member.personId).execute();
				expect(mails).toHaveLength(1);
			});
			expect(await readSession(undefined)).toBeNull();
		});
	});

	it('is opened neither by the link alone nor by the code alone, and by five wrong codes not at all', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await withSecond(tx);
			const { id, code } = await ask(tx, world, world.person.administrator, world.person.member.personId);
			await signIn(tx, () => expect(openRecovery(tx, code, new Date())).rejects.toMatchObject({ code: 'recovery.void' }));
			const { token } = await confirm(tx, world.second, id);
			for (let n = 0; n < 5; n++) expect(await use(tx, token, 'AAAA-AAAA-AAAA')).toBeNull();
			await expect(use(tx, token, code)).rejects.toMatchObject({ code: 'recovery.void' });
		});
	});

	it('takes two different people, one of them a coordinator, and neither of them the person herself', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await withSecond(tx);
			const { administrator, coordinator, member } = world.person;
			const alias = await addPerson(tx, 'alias', { programmeId: world.programmeId, role: 'administrator' });
			const { id } = await ask(tx, world, administrator, member.personId);
			for (const actor of [administrator, alias, member, world.person.analyst]) await expect(confirm(tx, actor, id), JSON.stringify(actor)).rejects.toMatchObject({ status: expect.any(Number) });
			await expect(ask(tx, world, coordinator, coordinator.personId)).rejects.toMatchObject({ code: 'recovery.oneself' });
			await expect(ask(tx, world, member, administrator.personId)).rejects.toMatchObject({ status: 403 });
			const own = await ask(tx, world, administrator, coordinator.personId);
			await expect(confirm(tx, coordinator, own.id)).rejects.toMatchObject({ status: 403 });
			expect((await confirm(tx, world.second, own.id)).personId).toBe(coordinator.personId);
		});
	});

	it('cannot be had past the steps, whatever is written into the table', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await withSecond(tx);
			const { administrator, member } = world.person;
			const alias = await addPerson(tx, 'alias', { programmeId: world.programmeId, role: 'administrator' });
			const { id } = await ask(tx, world, administrator, member.personId);
			const change = async (by: Actor, set: Record<string, unknown>): Promise<unknown> => {
				const { sql } = await import('kysely');
				await sql`savepoint tried`.execute(tx);
				try {
					const done = await asActor(tx, by, () => tx.updateTable('platform.recovery').set(set).where('id', '=', id).executeTakeFirst());
					return done.numUpdatedRows;
				} catch (error) {
					return error instanceof Error ? error.message : error;
				} finally {
					await sql`rollback to savepoint tried`.execute(tx);
				}
			};
			const link = { confirmedAt: new Date(), tokenHash: Buffer.from('t') };
			expect(await change(administrator, { ...link, confirmedBy: administrator.personId })).toMatch(/not-permitted|check/);
			expect(await change(administrator, { ...link, confirmedBy: world.second.personId })).toBe('not-permitted');
			expect(await change(alias, { ...link, confirmedBy: alias.personId })).toBe('not-permitted');
			expect(await change(world.second, { codeHash: Buffer.from('mine') })).toBe('not-permitted');
			expect(await change(world.second, { personId: world.person.analyst.personId })).toBe('not-permitted');
			expect(await change(world.person.analyst, { endedAt: new Date(), endedBy: world.person.analyst.personId })).toBe(0n);
		});
	});

	it('is not for who works in another programme too, nor for who administers the installation', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await withSecond(tx);
			const other = await makeWorld(tx, 'Boshqa dastur');
			const { donor, analyst, coordinator } = world.person;
			await asActor(tx, system('first-run'), async () => {
				await tx.insertInto('network.roleGrant').values({ id: crypto.randomUUID(), programmeId: other.programmeId, personId: donor.personId, role: 'donor' }).execute();
				await tx.updateTable('platform.account').set({ installationAdministrator: true }).where('personId', '=', analyst.personId).execute();
			});
			const { sql } = await import('kysely');
			for (const [who, code] of [[donor, 'person.elsewhere-too'], [analyst, 'recovery.at-the-terminal']] as const) {
				await sql`savepoint tried`.execute(tx);
				await expect(ask(tx, world, coordinator, who.personId)).rejects.toMatchObject({ message: code });
				await sql`rollback to savepoint tried`.execute(tx);
			}
		});
	});

	it('runs out, is ended by whoever manages and by the person herself, and asked for anew ends what was asked before', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await withSecond(tx);
			const { administrator, coordinator, member } = world.person;
			const first = await ask(tx, world, administrator, member.personId);
			const second = await ask(tx, world, administrator, member.personId);
			await expect(confirm(tx, coordinator, first.id)).rejects.toMatchObject({ code: 'recovery.void' });
			await expect(confirm(tx, coordinator, second.id, hours(73))).rejects.toMatchObject({ code: 'recovery.void' });
			const { token } = await confirm(tx, coordinator, second.id);
			await expect(use(tx, token, second.code, hours(49))).rejects.toMatchObject({ code: 'recovery.void' });
			await asActor(tx, world.second, async () => endRecovery(tx, await permit(tx, verbs.endRecovery, second.id)));
			await expect(use(tx, token, second.code)).rejects.toMatchObject({ code: 'recovery.void' });
			const third = await ask(tx, world, coordinator, member.personId);
			await asActor(tx, member, async () => {
				expect((await myRecovery(tx, member.personId, new Date()))?.id).toBe(third.id);
				await endMyRecovery(tx, member.personId, third.id, new Date());
				expect(await myRecovery(tx, member.personId, new Date())).toBeUndefined();
			});
			await expect(confirm(tx, administrator, third.id)).rejects.toMatchObject({ code: 'recovery.void' });
		});
	});

	it('is given back at the terminal when nobody in the program can', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const { coordinator } = world.person;
			await signIn(tx, async () => {
				const { signInName } = await tx.selectFrom('platform.account').select('signInName').where('personId', '=', coordinator.personId).executeTakeFirstOrThrow();
				const { token, code } = await recoverAtTerminal(tx, signInName, new Date());
				expect(await use(tx, token, code)).toMatchObject({ personId: coordinator.personId });
				await expect(recoverAtTerminal(tx, 'nobody-of-that-name', new Date())).rejects.toMatchObject({ code: 'person.no-account' });
			});
		});
	});
});
