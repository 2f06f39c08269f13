import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import { entityImporter, makeList, removeEntity } from './entity-commands.server.ts';
import { identifyingColumns, listCsv, planEntities } from './entity-list.ts';
import { entitiesOf, entityTable, getEntityList } from './entity-queries.server.ts';
import { editEntityList, importEntities, makeEntityList } from './permits.ts';

useDatabase();

const inWorld = (work: (tx: Tx, world: World, listId: string) => Promise<void>) =>
	rolledBack(system('first-run'), async (tx) => {
		const world = await makeWorld(tx);
		await asActor(tx, world.person.coordinator, async () => {
			await work(tx, world, await makeList(tx, await permit(tx, makeEntityList, { programmeId: world.programmeId }), 'xizmatlar'));
		});
	});

/** Takes a file in, by way of its preview. */
async function take(tx: Tx, target: { programmeId: string; listId: string }, csv: string) {
	const file = await entityImporter.upload(tx, target, { name: 'x.csv', bytes: Buffer.from(csv) });
	const { digest, plan } = await entityImporter.preview(tx, target, file);
	return { plan, counts: plan.counts.error > 0 ? null : await entityImporter.confirm(tx, target, file, digest) };
}

describe('a list of entities', () => {
	it('is taken in from a file, changed by what it exports, and the same file again changes nothing', () =>
		inWorld(async (tx, { programmeId }, listId) => {
			const target = { programmeId, listId };
			const file = 'label,Viloyat\nChust markazi,Namangan\n"Zomin, «eski»",Jizzax\n';
			expect((await take(tx, target, file)).counts).toEqual({ add: 2, change: 0, unchanged: 0, error: 0 });
			expect((await take(tx, target, file)).counts).toEqual({ add: 0, change: 0, unchanged: 2, error: 0 });
			const { columns, rows } = await entityTable(tx, programmeId, listId);
			expect(columns).toEqual(['name', 'label', 'viloyat']);
			const exported = [columns, ...rows.map((row) => row.map((cell) => `"${cell === 'Jizzax' ? 'Sirdaryo' : cell}"`))].map((row) => row.join(',')).join('\n');
			const changed = await take(tx, target, exported);
			expect(changed.counts).toEqual({ add: 0, change: 1, unchanged: 1, error: 0 });
			expect(changed.plan.rows.find(({ action }) => action === 'change')?.changes).toEqual([{ column: 'viloyat', from: 'Jizzax', to: 'Sirdaryo' }]);
			expect((await entitiesOf(tx, listId)).map(({ label, version, data }) => [label, version, data])).toEqual([
				['Chust markazi', 1, { viloyat: 'Namangan' }],
				['Zomin, «eski»', 2, { viloyat: 'Sirdaryo' }]
			]);
			// A file without a column leaves what stands in it.
			await take(tx, target, 'label,line\nChust markazi,1146\n');
			expect((await getEntityList(tx, programmeId, listId)).properties).toEqual(['viloyat', 'line']);
			expect((await entitiesOf(tx, listId))[0]?.data).toEqual({ viloyat: 'Namangan', line: '1146' });
			const { rows: entries } = await sql<{ count: number }>`select count(*)::int from platform.journal where subject_table = 'assessment.entity' and verb = 'entity-list.import'`.execute(tx);
			expect(entries[0]?.count).toBe(4);
		}));

	it('takes nothing in while one row is wrong', () =>
		inWorld(async (tx, { programmeId }, listId) => {
			const { plan, counts } = await take(tx, { programmeId, listId }, 'name,label\n,Yaxshi\nchust,Kod\n,\n,Yaxshi\n');
			expect(counts).toBeNull();
			expect(plan.rows.flatMap(({ line, reasons }) => reasons.map(({ code }) => `${line} ${code}`))).toEqual(['3 import.entity-name', '5 import.twice']);
			expect(await entitiesOf(tx, listId)).toEqual([]);
		}));

	it('tells an entry taken out from one that is there, and puts it back', () =>
		inWorld(async (tx, { programmeId }, listId) => {
			await take(tx, { programmeId, listId }, 'label\nA\nB\n');
			const [first] = await entitiesOf(tx, listId);
			await removeEntity(tx, await permit(tx, editEntityList, listId), first?.id ?? '', true);
			expect((await entitiesOf(tx, listId)).map(({ label, removed }) => [label, removed])).toEqual([['A', true], ['B', false]]);
			expect((await entityTable(tx, programmeId, listId)).rows).toHaveLength(1);
			await expect(removeEntity(tx, await permit(tx, editEntityList, listId), first?.id ?? '', true)).rejects.toMatchObject({ code: 'not-found' });
			await removeEntity(tx, await permit(tx, editEntityList, listId), first?.id ?? '', false);
			expect((await entityTable(tx, programmeId, listId)).rows).toHaveLength(2);
		}));

	it('is made and changed by coordinators and analysts alone, and has a name of its own', () =>
		inWorld(async (tx, world, listId) => {
			const { programmeId } = world;
			await expect(makeList(tx, await permit(tx, makeEntityList, { programmeId }), 'xizmatlar')).rejects.toMatchObject({ code: 'entity-list.name-taken' });
			for (const other of [world.person.member, world.person.collector, world.person.donor]) {
				await asActor(tx, other, async () => {
					await expect(permit(tx, makeEntityList, { programmeId })).rejects.toMatchObject({ name: 'Problem' });
					await expect(permit(tx, importEntities, { programmeId, listId })).rejects.toMatchObject({ name: 'Problem' });
				});
			}
			await expect(permit(tx, importEntities, { programmeId: newId(), listId })).rejects.toMatchObject({ name: 'Problem' });
		}));

	it('points out columns that may identify a person', () => {
		expect(identifyingColumns('xizmatlar', ['telefon', 'viloyat']).map(({ name }) => name)).toEqual(['telefon']);
		expect(identifyingColumns('services', ['email', 'district']).map(({ name }) => name)).toEqual(['email']);
	});

	it('comes out as a table that reads back to the same, whatever letters it holds', () => {
		const text = fc.string({ unit: fc.constantFrom('a', 'ʻ', 'ж', '"', ',', '\n', ';', "'", '=', ' ') }).map((each) => `x${each}x`);
		fc.assert(
			fc.property(fc.array(fc.record({ label: text, place: text }), { maxLength: 8 }), (all) => {
				const entities = all.map(({ label, place }) => ({ id: newId(), label, version: 1, data: { place } }));
				const rows: string[][] = parse(listCsv(['place'], entities), { relax_column_count: false });
				expect(rows).toEqual([['name', 'label', '__version', 'place'], ...entities.map(({ id, label, data }) => [id, label, '1', data.place])]);
			})
		);
	});

	it('plans every file without failing, and never writes while a row is wrong', () => {
		const cell = fc.constantFrom('', 'A', 'B', 'x', '\u202e', 'c0ffee00-0000-4000-8000-000000000001', 'uuid:C0FFEE00-0000-4000-8000-000000000001');
		const there = { properties: ['p'], entities: [{ id: 'c0ffee00-0000-4000-8000-000000000001', label: 'A', data: { p: 'x' }, removed: false }, { id: newId(), label: 'B', data: {}, removed: true }] };
		fc.assert(
			fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
				fc.pre(rows.some((row) => row.some((each) => each.trim() !== '')));
				const plan = planEntities(there, [['name', 'label', 'p'], ...rows]);
				if (plan.counts.error > 0) expect(plan.writes).toEqual([]);
				else expect(plan.writes).toHaveLength(plan.counts.add + plan.counts.change);
				const ids = plan.writes.flatMap(({ id }) => id ?? []);
				expect(new Set(ids).size).toBe(ids.length);
			})
		);
	});
});
