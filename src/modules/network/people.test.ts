import { describe, expect, it } from 'vitest';
import { rolledBack, useDatabase } from '../../../test/database.ts';
import { addPerson, makeWorld } from '../../../test/personas.ts';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { acceptInvitation, openInvitation } from '#platform/sign-in/invitations.server.ts';
import { codeSheet, factorsOf } from '#platform/sign-in/second-factor.server.ts';
import { newTotpSecret, totpCode } from '#platform/sign-in/totp.server.ts';
import { createProgramme } from './commands.server.ts';
import * as people from './people.commands.server.ts';
import * as verbs from './permits.ts';

useDatabase();

const password = 'toʻrt oq ot choʻlda';
const member = { displayName: 'Yangi hamkor', role: 'member', organisationId: null, placeId: null } as const;
const accept = (tx: Tx, token: string, signInName: string, now = new Date()) =>
	asActor(tx, system('sign-in'), () => acceptInvitation(tx, token, { by: 'codes', signInName, password, locale: 'uz' }, now));

describe('an invitation', () => {
	it('makes an account with a sheet of codes, once', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const { personId, token } = await asActor(tx, world.person.administrator, async () =>
				people.invite(tx, await permit(tx, verbs.invitePerson, { programmeId: world.programmeId }), member)
			);
			await accept(tx, token, 'yangi');
			await asActor(tx, system('sign-in'), async () => {
				expect(await factorsOf(tx, personId)).toMatchObject({ password: true, codesLeft: 10, totp: false });
				expect(await codeSheet(tx, personId, new Date())).toHaveLength(10);
				expect(await codeSheet(tx, personId, new Date(Date.now() + 31 * 60_000))).toBeNull();
			});
			await expect(accept(tx, token, 'ikkinchi')).rejects.toMatchObject({ code: 'invitation.void', status: 410 });
		});
	});
	it('is accepted with an authenticator app only when its code fits, and leaves nothing behind when not', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const { personId, token } = await asActor(tx, world.person.coordinator, async () =>
				people.invite(tx, await permit(tx, verbs.invitePerson, { programmeId: world.programmeId }), member)
			);
			const secret = newTotpSecret();
			const now = new Date();
			const how = { by: 'totp', signInName: 'ilovali', password, locale: 'ru', secret } as const;
			await asActor(tx, system('sign-in'), async () => {
				await expect(acceptInvitation(tx, token, { ...how, code: '000000' === totpCode(secret, now) ? '111111' : '000000' }, now)).rejects.toMatchObject({ code: 'totp.wrong' });
			}).catch(() => {});
			await asActor(tx, system('sign-in'), async () => {
				expect(await factorsOf(tx, personId)).toMatchObject({ password: false });
				await acceptInvitation(tx, token, { ...how, code: totpCode(secret, now) }, now);
				expect(await factorsOf(tx, personId)).toMatchObject({ password: true, totp: true });
			});
		});
	});
	it('is void after two weeks, after it was revoked, and for any other token', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const made = await asActor(tx, world.person.coordinator, async () =>
				people.invite(tx, await permit(tx, verbs.invitePerson, { programmeId: world.programmeId }), member)
			);
			const inFifteenDays = new Date(Date.now() + 15 * 86_400_000);
			await expect(accept(tx, made.token, 'kech', inFifteenDays)).rejects.toMatchObject({ code: 'invitation.void' });
			await asActor(tx, world.person.administrator, async () => people.revokeInvitation(tx, await permit(tx, verbs.revokeInvitation, made.invitationId)));
			for (const token of [made.token, `${made.token}x`, '']) {
				await asActor(tx, system('sign-in'), async () => {
					await expect(openInvitation(tx, token, new Date())).rejects.toMatchObject({ code: 'invitation.void' });
				});
			}
		});
	});
	it('is not for members to give, nor for who manages one region alone', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const regional = await addPerson(tx, 'regional', { programmeId: world.programmeId, role: 'coordinator', placeId: world.jizzakh });
			for (const actor of [world.person.member, world.person.analyst, world.person.official, regional, world.memberInJizzakh]) {
				await asActor(tx, actor, async () => {
					await expect(permit(tx, verbs.invitePerson, { programmeId: world.programmeId })).rejects.toMatchObject({ status: 403 });
				});
			}
			await asActor(tx, world.stranger, async () => {
				await expect(permit(tx, verbs.invitePerson, { programmeId: world.programmeId })).rejects.toMatchObject({ status: 404 });
			});
		});
	});
});

describe('roles', () => {
	it('are never given to oneself', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const { administrator, coordinator } = world.person;
			await asActor(tx, administrator, async () => {
				const may = await permit(tx, verbs.giveGrant, { programmeId: world.programmeId });
				const grant = { role: 'analyst', organisationId: null, placeId: null } as const;
				await expect(people.giveGrant(tx, may, administrator.personId, grant)).rejects.toMatchObject({ code: 'grant.to-oneself' });
				expect(await people.giveGrant(tx, may, coordinator.personId, grant)).toMatchObject({ waits: true });
				expect(await people.giveGrant(tx, may, world.stranger.personId, grant)).toMatchObject({ waits: true });
			});
		});
	});
	it('end once, and the last coordinator’s does not', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const grantOf = async (personId: string): Promise<string> =>
				(await tx.selectFrom('network.roleGrant').select('id').where('personId', '=', personId).executeTakeFirstOrThrow()).id;
			await asActor(tx, world.person.administrator, async () => {
				const ofMember = await permit(tx, verbs.endGrant, await grantOf(world.person.member.personId));
				await people.endGrant(tx, ofMember);
				await expect(people.endGrant(tx, ofMember)).rejects.toMatchObject({ code: 'grant.ended-already' });
				const ofCoordinator = await permit(tx, verbs.endGrant, await grantOf(world.person.coordinator.personId));
				await expect(people.endGrant(tx, ofCoordinator)).rejects.toMatchObject({ code: 'grant.last-coordinator' });
			});
		});
	});
});

describe('closing an account', () => {
	it('is not done to the last who coordinates the programme and can sign in, and neither is her role ended', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const { administrator, coordinator } = world.person;
			const coordinate = async (personId: string): Promise<string> => {
				const id = crypto.randomUUID();
				await asActor(tx, system('first-run'), () => tx.insertInto('network.roleGrant').values({ id, programmeId: world.programmeId, personId, role: 'coordinator' }).execute());
				return id;
			};
			const close = (personId: string): Promise<void> =>
				asActor(tx, administrator, async () => people.disableAccount(tx, await permit(tx, verbs.disablePerson, { programmeId: world.programmeId, personId })));
			const own = (await tx.selectFrom('network.roleGrant').select('id').where('personId', '=', coordinator.personId).executeTakeFirstOrThrow()).id;
			await expect(close(coordinator.personId)).rejects.toMatchObject({ code: 'grant.last-coordinator' });

			// Who was invited and never came, and whose account is closed, coordinates nothing.
			await coordinate(world.person.analyst.personId);
			await close(world.person.analyst.personId);
			const neverCame = crypto.randomUUID();
			await asActor(tx, system('first-run'), () => tx.insertInto('network.person').values({ id: neverCame, displayName: 'Taklif qilingan' }).execute());
			await coordinate(neverCame);
			await expect(close(coordinator.personId)).rejects.toMatchObject({ code: 'grant.last-coordinator' });
			await expect(asActor(tx, administrator, async () => people.endGrant(tx, await permit(tx, verbs.endGrant, own)))).rejects.toMatchObject({ code: 'grant.last-coordinator' });

			await coordinate(world.person.member.personId);
			await close(coordinator.personId);
		});
	});
	it('is for managers, not for oneself, not for who works in another programme too', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const other = await makeWorld(tx, 'Boshqa dastur');
			await asActor(tx, world.person.administrator, async () => {
				const of = (personId: string) => permit(tx, verbs.disablePerson, { programmeId: world.programmeId, personId });
				await people.disableAccount(tx, await of(world.person.member.personId));
				await expect(people.disableAccount(tx, await of(world.person.administrator.personId))).rejects.toMatchObject({ code: 'person.disable-oneself' });
				await expect(of(other.person.member.personId)).rejects.toMatchObject({ status: 404 });
			});
			await asActor(tx, system('sign-in'), async () => {
				const closed = await tx.selectFrom('platform.account').select('personId').where('disabledAt', 'is not', null).execute();
				expect(closed).toEqual([{ personId: world.person.member.personId }]);
			});
			await asActor(tx, system('first-run'), async () => {
				await tx.insertInto('network.roleGrant').values({ id: crypto.randomUUID(), programmeId: other.programmeId, personId: world.person.donor.personId, role: 'donor' }).execute();
			});
			await expect(
				asActor(tx, world.person.administrator, async () =>
					people.disableAccount(tx, await permit(tx, verbs.disablePerson, { programmeId: world.programmeId, personId: world.person.donor.personId }))
				)
			).rejects.toMatchObject({ code: 'person.elsewhere-too' });
		});
	});
	it('cannot be done around the command: no person writes accounts', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			await asActor(tx, world.person.administrator, async () => {
				const done = await tx.updateTable('platform.account').set({ installationAdministrator: true }).executeTakeFirst();
				expect(done.numUpdatedRows).toBe(0n);
			});
		});
	});
});

describe('a programme', () => {
	const fields = { name: { uz: 'Dastur' }, country: 'UZ', timeZone: 'Asia/Tashkent', currency: 'UZS' };
	it('starts with Uzbekistan’s 14 regions under the country', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const person = await addPerson(tx, 'first');
			const id = await createProgramme(tx, await permit(tx, verbs.createProgramme, null), fields, person.personId);
			const places = await tx.selectFrom('network.place').select(['kind', 'code']).where('programmeId', '=', id).execute();
			expect(places.filter(({ kind }) => kind === 'region')).toHaveLength(14);
			expect(places.filter(({ kind }) => kind === 'country')).toEqual([{ kind: 'country', code: 'UZ' }]);
		});
	});
	it('is made by who administers the installation, and by nobody else', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const person = await addPerson(tx, 'first');
			await asActor(tx, person, async () => {
				await expect(permit(tx, verbs.createProgramme, null)).rejects.toMatchObject({ status: 403 });
			});
			await asActor(tx, system('first-run'), () => tx.updateTable('platform.account').set({ installationAdministrator: true }).where('personId', '=', person.personId).execute());
			await asActor(tx, person, async () => {
				const id = await createProgramme(tx, await permit(tx, verbs.createProgramme, null), { ...fields, country: 'KZ' }, person.personId);
				expect(await tx.selectFrom('network.place').select('name').where('programmeId', '=', id).execute()).toMatchObject([{ name: { ru: 'Казахстан' } }]);
			});
		});
	});
});
