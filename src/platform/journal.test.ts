import type pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { owner, useDatabase } from '../../test/database.ts';
import { system } from './actor.ts';
import { appKysely, asActor, inTransaction, type Tx } from './database.server.ts';
import { newId } from './ids.ts';
import { erasePersonal, record, sealJournal, verifyJournal } from './journal.server.ts';

useDatabase();

/** Waits until so many entries can be sealed: transactions of other tests count as neighbours too. */
const ready = (entries: number): Promise<void> =>
	expect.poll(async () => (await owner.query<{ n: number }>('select count(*)::int as n from platform.sealable()')).rows[0]?.n, { timeout: 20_000, interval: 10 }).toBe(entries);
const seal = (): Promise<number> => inTransaction(system('journal'), sealJournal);
const verify = (head?: string) => inTransaction(system('journal'), (tx) => verifyJournal(tx, head));
const write = (tx: Tx, personal?: Record<string, unknown>): Promise<void> =>
	record(tx, 'test.write', null, { table: 'network.place', id: newId(), after: { n: 1 }, ...(personal ? { personal } : {}) });
const writeOne = (personal?: Record<string, unknown>): Promise<void> => inTransaction(system('mail'), (tx) => write(tx, personal));
const kinds = async (head?: string): Promise<string[]> => (await verify(head)).faults.map(({ kind }) => kind);

/** As somebody who owns the database and puts rules and triggers aside. */
async function tamper(statement: string, values: unknown[] = []): Promise<void> {
	const client: pg.PoolClient = await owner.connect();
	try {
		await client.query(`set session_replication_role = 'replica'`);
		await client.query(statement, values);
	} finally {
		await client.query('reset session_replication_role');
		client.release();
	}
}

/** Three blocks of three entries. */
beforeEach(async () => {
	await tamper('truncate platform.journal, platform.journal_personal, platform.journal_block, platform.journal_seal restart identity');
	for (let block = 0; block < 3; block += 1) {
		for (let entry = 0; entry < 3; entry += 1) await writeOne();
		await ready(3);
		expect(await seal()).toBe(3);
	}
	await writeOne();
	expect(await verify()).toMatchObject({ blocks: 3, sealed: 9, unsealed: 1, faults: [] });
});

describe('the owner of the database cannot do unseen:', () => {
	it.each(['verb', 'actor_id', 'subject_table'])('change the %s of a sealed entry', async (column) => {
		await tamper(`update platform.journal set ${column} = 'other' where seq = 5`);
		expect(await verify()).toMatchObject({ faults: [{ block: '2', kind: 'changed' }] });
	});
	it('change a moment by a millisecond, or a digest', async () => {
		await tamper(`update platform.journal set at = at + interval '1 millisecond' where seq = 1`);
		await tamper(`update platform.journal set after_digest = '\\x00' where seq = 9`);
		expect((await verify()).faults.map(({ block }) => block)).toEqual(['1', '3']);
	});
	it('remove an entry, with its seal or without', async () => {
		await tamper('delete from platform.journal where seq = 5');
		expect(await kinds()).toContain('removed');
		await tamper(`delete from platform.journal_seal where entry_id not in (select id from platform.journal)`);
		expect(await kinds()).toContain('removed');
	});
	it('remove an entry and count the block anew', async () => {
		await tamper(`delete from platform.journal_seal where block_no = 2 and position = 2`);
		await tamper('update platform.journal_block set entry_count = 2 where no = 2');
		expect(await kinds()).toContain('changed');
	});
	it('change the order of two entries', async () => {
		await tamper('update platform.journal_seal set position = 9 where block_no = 2 and position = 0');
		expect(await kinds()).toEqual(expect.arrayContaining(['reordered']));
		await tamper('alter table platform.journal alter column seq drop identity');
		await tamper('update platform.journal set seq = -seq where seq in (1, 2)');
		await tamper('update platform.journal set seq = case seq when -1 then 2 when -2 then 1 else seq end');
		expect((await verify()).faults.filter(({ block }) => block === '1').map(({ kind }) => kind)).toEqual(expect.arrayContaining(['reordered', 'changed']));
		await tamper('alter table platform.journal alter column seq add generated always as identity');
	});
	it('remove a block in the middle or at the beginning', async () => {
		await tamper('delete from platform.journal_block where no = 2');
		expect(await kinds()).toContain('chain-broken');
		await tamper('delete from platform.journal_seal where block_no = 2');
		expect(await kinds()).toContain('chain-broken');
		await tamper('delete from platform.journal_block where no = 1');
		expect(await kinds()).toContain('chain-broken');
	});
	it('compute a changed block anew without those after it', async () => {
		await tamper(`update platform.journal_block set hash = '\\xaa' where no = 2`);
		expect((await verify()).faults.map(({ block, kind }) => `${block} ${kind}`)).toEqual(['2 changed', '3 chain-broken']);
	});
	it('cut off the end, when a head was witnessed elsewhere', async () => {
		const { head } = await verify();
		expect(head?.hash).toMatch(/^[0-9a-f]{64}$/);
		await tamper('delete from platform.journal where id in (select entry_id from platform.journal_seal where block_no = 3)');
		await tamper('delete from platform.journal_seal where block_no = 3');
		await tamper('delete from platform.journal_block where no = 3');
		expect(await kinds()).toEqual([]);
		expect(await kinds(head?.hash)).toEqual(['witness-missing']);
	});
	it('and a head witnessed earlier still stands in a chain that has grown', async () => {
		const { head } = await verify();
		await ready(1);
		await seal();
		expect(await kinds(head?.hash)).toEqual([]);
	});
});

describe('an erasure', () => {
	it('takes the personal values, is journaled, and leaves the chain whole', async () => {
		await writeOne({ name: 'Someone' });
		await ready(2);
		await seal();
		const { rows } = await owner.query<{ entry_id: string }>('select entry_id from platform.journal_personal');
		const entryId = rows[0]?.entry_id ?? '';
		const erase = () => inTransaction(system('erase'), (tx) => erasePersonal(tx, { entryId }));
		expect(await erase()).toBe(1);
		expect(await erase()).toBe(0);
		expect((await owner.query('select facts, erased_at is not null as erased from platform.journal_personal')).rows).toEqual([{ facts: null, erased: true }]);
		await ready(1);
		await seal();
		expect(await verify()).toMatchObject({ unsealed: 0, faults: [] });
		expect((await owner.query(`select subject_id from platform.journal where verb = 'journal.erase'`)).rows).toEqual([{ subject_id: entryId }]);
	});
	it('of a person reaches what they did and what is about them, and nobody else', async () => {
		const [person, other] = [newId(), newId()];
		const about = (tx: Tx, id: string): Promise<void> => record(tx, 'person.invite', null, { table: 'network.person', id, personal: { name: id } });
		await inTransaction(system('mail'), async (tx) => {
			await about(tx, person);
			await about(tx, other);
		});
		await inTransaction({ kind: 'person', personId: person }, (tx) => write(tx, { place: 'somewhere' }));
		expect(await inTransaction(system('erase'), (tx) => erasePersonal(tx, { personId: person }))).toBe(2);
		expect((await owner.query('select facts from platform.journal_personal where facts is not null')).rows).toEqual([{ facts: { name: other } }]);
	});
});

describe('sealing while others write', () => {
	it('waits for a neighbour that has not committed yet, and holds up nobody', async () => {
		await ready(1);
		await seal();
		const slow = await appKysely().startTransaction().execute();
		await asActor(slow, system('mail'), () => write(slow));
		await writeOne();
		// The later entry is there; sealed now, the slow one could slip in before it unseen.
		expect(await seal()).toBe(0);
		await slow.commit().execute();
		await ready(2);
		expect(await seal()).toBe(2);
		expect(await kinds()).toEqual([]);
	});
	it('seals every entry once when many write and two seal', async () => {
		const writers = Array.from({ length: 8 }, async () => {
			for (let i = 0; i < 15; i += 1) await writeOne();
		});
		const sealers = Array.from({ length: 2 }, async () => {
			for (let i = 0; i < 20; i += 1) await seal();
		});
		await Promise.all([...writers, ...sealers]);
		await expect.poll(async () => (await seal()) + (await verify()).unsealed, { timeout: 20_000 }).toBe(0);
		expect(await verify()).toMatchObject({ sealed: 130, unsealed: 0, faults: [] });
	});
});
