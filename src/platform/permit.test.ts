import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { rolledBack, useDatabase } from '../../test/database.ts';
import { makeWorld } from '../../test/personas.ts';
import { system } from './actor.ts';
import { actorOf, asActor } from './database.server.ts';
import { newId } from './ids.ts';
import { sealJournal, verifyJournal } from './journal.server.ts';
import { permit } from './permit.server.ts';
import { draftGap, openGap } from '#modules/gaps/commands.server.ts';
import * as verbs from '#modules/gaps/permits.ts';

useDatabase();

const gap = (placeId: string | null) => ({ title: { uz: 'Boshpana yoʻq' }, description: {}, forWhom: {}, barrier: 'access' as const, placeId, findings: [] });

describe('a permit', () => {
	it('is given to a member for a gap in the member’s own region', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			await asActor(tx, world.memberInJizzakh, async () => {
				const may = await permit(tx, verbs.draftGap, { programmeId: world.programmeId, placeId: world.zomin });
				const id = await draftGap(tx, may, gap(world.zomin));
				expect(await tx.selectFrom('gaps.gap').select('number').where('id', '=', id).executeTakeFirst()).toEqual({ number: 1 });
			});
		});
	});
	it('is refused to a member for another region, and the gap stays unseen', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const id = await asActor(tx, world.person.coordinator, async () =>
				draftGap(tx, await permit(tx, verbs.draftGap, { programmeId: world.programmeId, placeId: world.samarkand }), gap(world.samarkand))
			);
			await asActor(tx, world.memberInJizzakh, async () => {
				await expect(permit(tx, verbs.draftGap, { programmeId: world.programmeId, placeId: world.samarkand })).rejects.toMatchObject({ status: 403 });
				await expect(permit(tx, verbs.openGap, id)).rejects.toMatchObject({ status: 404 });
				expect(await tx.selectFrom('gaps.gap').selectAll().execute()).toEqual([]);
			});
			await asActor(tx, world.person.administrator, async () => {
				expect(await tx.selectFrom('gaps.gap').selectAll().execute()).toEqual([]);
			});
		});
	});
});

describe('who acts as somebody else for a moment', () => {
	it('is oneself again afterwards, also when that failed and somebody caught it', () =>
		rolledBack(system('first-run'), async (tx) => {
			const { person } = await makeWorld(tx);
			const stated = async (): Promise<unknown> => (await sql<{ id: string }>`select current_setting('app.actor_id') as id`.execute(tx)).rows[0]?.id;
			await asActor(tx, person.member, async () => {
				await asActor(tx, system('sign-in'), () => Promise.reject(new Error('wrong'))).catch(() => {});
				expect([actorOf(tx), await stated()]).toEqual([person.member, person.member.personId]);
				await sql`savepoint before`.execute(tx);
				await asActor(tx, system('sign-in'), () => sql`select 1 / 0`.execute(tx)).catch(() => {});
				await sql`rollback to savepoint before`.execute(tx);
				expect([actorOf(tx), await stated()]).toEqual([person.member, person.member.personId]);
			});
		}));
});

describe('a gap that cites nothing', () => {
	it('cannot be opened, whatever the program thinks', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			await expect(
				asActor(tx, world.person.coordinator, async () => {
					const id = await draftGap(tx, await permit(tx, verbs.draftGap, { programmeId: world.programmeId }), gap(null));
					await openGap(tx, await permit(tx, verbs.openGap, id));
					const { sql } = await import('kysely');
					await sql`set constraints all immediate`.execute(tx);
				})
			).rejects.toMatchObject({ code: 'HM001', message: 'gap.without-finding' });
		});
	});
});

describe('the journal', () => {
	it('has an entry for every command and seals them into a chain that verifies', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			await asActor(tx, world.person.coordinator, async () => {
				await draftGap(tx, await permit(tx, verbs.draftGap, { programmeId: world.programmeId }), gap(null), newId());
				expect(await tx.selectFrom('platform.journal').select('verb').execute()).toEqual([{ verb: 'gap.draft' }]);
			});
			await asActor(tx, system('journal'), async () => {
				expect(await sealJournal(tx)).toBe(0);
				expect((await verifyJournal(tx)).faults).toEqual([]);
			});
		});
	});
});
