import { expect, it } from 'vitest';
import { rolledBack, useDatabase } from '../../test/database.ts';
import { makeWorld } from '../../test/personas.ts';
import { system } from './actor.ts';
import { asActor } from './database.server.ts';
import { askMailAddress, confirmMailAddress, forgetMailAddress, myMailAddress } from './mail-address.server.ts';

useDatabase();

it('is asked for by a few codes a day and not one after the other, also when it was forgotten in between: no mailbox is filled with them', () =>
	rolledBack(system('first-run'), async (tx) => {
		const { person } = await makeWorld(tx);
		const { personId } = person.member;
		const ask = (seconds: number): Promise<string> =>
			askMailAddress(tx, personId, 'a@example.org', 'uz', new Date(Date.now() + seconds * 1000)).then(
				() => 'sent',
				(problem: { code: string }) => problem.code
			);
		await asActor(tx, person.member, async () => {
			expect(await ask(0)).toBe('sent');
			expect(await ask(20)).toBe('mail.wait');
			await forgetMailAddress(tx, personId);
			expect(await ask(20)).toBe('mail.wait');
			for (let n = 0; n < 4; n++) expect(await ask(120)).toBe('sent');
			expect(await ask(120)).toBe('mail.enough');
			expect(await ask(25 * 3600)).toBe('sent');
		});
	}));

it('is hers alone, and taken by its code for half an hour', () =>
	rolledBack(system('first-run'), async (tx) => {
		const { person } = await makeWorld(tx);
		const { personId } = person.member;
		await asActor(tx, person.member, () => askMailAddress(tx, personId, 'a@example.org', 'uz', new Date()));
		const { body } = await asActor(tx, person.member, () => tx.selectFrom('platform.mail').select('body').where('toPerson', '=', personId).executeTakeFirstOrThrow());
		const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(body)?.[0] ?? '';
		expect(await asActor(tx, person.coordinator, () => myMailAddress(tx, personId))).toBeNull();
		await asActor(tx, person.member, async () => {
			await expect(confirmMailAddress(tx, personId, code, new Date(Date.now() + 31 * 60_000))).rejects.toMatchObject({ code: 'mail.code' });
			await confirmMailAddress(tx, personId, code, new Date());
			expect(await myMailAddress(tx, personId)).toEqual({ address: 'a@example.org', confirmed: true });
		});
	}));
