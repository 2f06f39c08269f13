import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { owner, rolledBack, useDatabase } from '../../../test/database.ts';
import { makeWorld, type World } from '../../../test/personas.ts';
import { system } from '#platform/actor.ts';
import { asActor, inTransaction, type Tx } from '#platform/database.server.ts';
import { readTable, writeCsv, writeWorkbook } from '#platform/spreadsheet.server.ts';
import { organisationTable, placeTable } from './exports.server.ts';
import { atOnce, Cancelled } from '#platform/jobs.server.ts';
import { importTask } from './import.tasks.ts';
import { importers } from './imports.server.ts';
import { planPlaces } from './places.import.ts';
import { wholeTree } from './tree.server.ts';

useDatabase();

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const world = (work: (tx: Tx, world: World) => Promise<void>): Promise<void> =>
	rolledBack(system('first-run'), async (tx) => {
		const made = await makeWorld(tx);
		await asActor(tx, made.person.coordinator, () => work(tx, made));
	});
const csv = (...lines: string[]): Uint8Array => utf8(`${lines.join('\r\n')}\r\n`);

async function bring(tx: Tx, programmeId: string, bytes: Uint8Array, kind: 'places' | 'organisations' = 'places') {
	const file = await importers[kind].upload(tx, { programmeId }, { name: 'joylar.csv', bytes });
	const shown = await importers[kind].preview(tx, { programmeId }, file);
	return { file, ...shown, confirm: () => importers[kind].confirm(tx, { programmeId }, file, shown.digest) };
}

describe('an import of places', () => {
	it.each([',', ';'])('takes districts and mahallas with %s between the cells and a byte order mark', (mark) =>
		world(async (tx, { programmeId, jizzakh }) => {
			const lines = ['kind,parent,code,name_uz,name_ru', 'mahalla,1708209,M-1,Bogʻ,Сад', 'district,UZ-JI,1708209,Baxmal,Бахмаль', 'district,Jizzax,1708212,Gʻallaorol,Галляарал'];
			const seen = await bring(tx, programmeId, utf8(`\ufeff${lines.join('\n').replaceAll(',', mark)}`));
			expect(seen.plan.rows.map(({ line, action, label }) => [line, action, label])).toEqual([[2, 'add', 'Bogʻ'], [3, 'add', 'Baxmal'], [4, 'add', 'Gʻallaorol']]);
			expect(await seen.confirm()).toMatchObject({ add: 3, error: 0 });
			const tree = await wholeTree(tx, programmeId);
			const baxmal = tree.find(({ code }) => code === '1708209');
			expect(baxmal).toMatchObject({ parentId: jizzakh, kind: 'district', name: { uz: 'Baxmal', ru: 'Бахмаль' } });
			expect(tree.find(({ code }) => code === 'M-1')?.parentId).toBe(baxmal?.id);
			const entries = await tx.selectFrom('platform.journal').select('verb').where('verb', '=', 'place.import').execute();
			expect(entries).toHaveLength(4);
		})
	);
	it('says row by row what is wrong, and writes nothing of it', () =>
		world(async (tx, { programmeId }) => {
			const seen = await bring(tx, programmeId, csv(
				'kind,parent,code,name_uz,extra',
				'district,UZ-JI,D-1,Doʻstlik,',
				'village,UZ-JI,D-2,Qishloq,',
				'district,,D-3,Ota-onasiz,',
				'district,UZ-ZZ,D-4,Yoʻq joyda,',
				'region,D-1,UZ-AB,Ichkarida,',
				'district,UZ-JI,D-1,Ikkinchi marta,',
				'district,UZ-JI,D-6,,',
				'district,UZ-JI,=HYPERLINK(1),Formula,',
				`district,UZ-JI,D-8,${'x'.repeat(201)},`,
				'district,UZ-JI,D-9,Teskari\u202ematn,'
			));
			expect(seen.plan.ignored).toEqual(['extra']);
			expect(seen.plan.rows.map(({ action, reasons }) => reasons[0]?.code ?? action)).toEqual([
				'add', 'import.place-kind', 'place.parent-missing', 'import.parent-unknown', 'place.parent-kind', 'import.twice', 'import.name-missing',
				'place.code-local', 'import.too-long', 'import.unwanted-characters'
			]);
			await expect(seen.confirm()).rejects.toMatchObject({ code: 'import.has-errors' });
			expect(await wholeTree(tx, programmeId)).toHaveLength(4);
		}));
	it.each([
		['', 'file.empty'],
		['kind,name_uz\n', 'import.empty'],
		['name_uz\nX\n', 'import.columns-missing'],
		['kind,name_uz,NAME_UZ\ndistrict,a,b\n', 'import.column-twice'],
		['kind,name_uz\n"open', 'table.unreadable']
	])('refuses the file %j: %s', (text, code) =>
		world((tx, { programmeId }) => expect(importers.places.upload(tx, { programmeId }, { name: 'a.csv', bytes: utf8(text) })).rejects.toMatchObject({ code }))
	);
	it('refuses what is not UTF-8 with a sentence of its own, and a stranger’s type', () =>
		world(async (tx, { programmeId }) => {
			const upload = (name: string, bytes: Uint8Array) => importers.places.upload(tx, { programmeId }, { name, bytes });
			await expect(upload('a.csv', new Uint8Array([0xc4, 0xe6, 0x3b]))).rejects.toMatchObject({ code: 'import.encoding' });
			await expect(upload('a.xlsx', utf8('kind,name_uz\n'))).rejects.toMatchObject({ code: 'file.type' });
		}));
	it('wants a new preview when the tree has changed meanwhile, and does no harm when confirmed twice', () =>
		world(async (tx, { programmeId }) => {
			const first = await bring(tx, programmeId, csv('kind,parent,code,name_uz', 'district,UZ-JI,D-1,Doʻstlik'));
			const other = await bring(tx, programmeId, csv('kind,parent,code,name_uz', 'district,UZ-SA,D-1,Boshqa'));
			await other.confirm();
			await expect(first.confirm()).rejects.toMatchObject({ code: 'import.changed-meanwhile' });
			expect(await other.confirm()).toMatchObject({ add: 0, unchanged: 1 });
		}));
	it('lets two codes change places and a district move with its mahallas', () =>
		world(async (tx, { programmeId, samarkand, zomin }) => {
			await (await bring(tx, programmeId, csv('kind,parent,code,name_uz', 'district,UZ-JI,A,Bir', 'district,UZ-JI,B,Ikki', 'mahalla,Zomin,M,Bogʻ'))).confirm();
			const ids = new Map((await wholeTree(tx, programmeId)).map(({ code, id }) => [code, id]));
			const seen = await bring(tx, programmeId, csv('id,kind,parent,code', `${ids.get('A')},district,,B`, `${ids.get('B')},district,,A`, `${zomin},district,UZ-SA,`));
			expect(seen.plan.counts).toMatchObject({ change: 3, error: 0 });
			await seen.confirm();
			const tree = await wholeTree(tx, programmeId);
			expect(tree.find(({ id }) => id === ids.get('A'))?.code).toBe('B');
			expect(tree.find(({ code }) => code === 'M')?.path).toContain(samarkand.replaceAll('-', ''));
		}));
	it('is refused to a member, at every step', () =>
		world(async (tx, { programmeId, person }) => {
			const { file, digest } = await bring(tx, programmeId, csv('kind,parent,name_uz', 'district,UZ-JI,Doʻstlik'));
			await asActor(tx, person.member, async () => {
				await expect(importers.places.upload(tx, { programmeId }, { name: 'a.csv', bytes: utf8('x') })).rejects.toMatchObject({ status: 403 });
				await expect(importers.places.preview(tx, { programmeId }, file)).rejects.toMatchObject({ status: 403 });
				await expect(importers.places.confirm(tx, { programmeId }, file, digest)).rejects.toMatchObject({ status: 403 });
			});
		}));
	it('of 10,000 mahallas is planned in seconds and written whole', { timeout: 60_000 }, () =>
		world(async (tx, { programmeId }) => {
			const rows = Array.from({ length: 10_000 }, (_, i) => `mahalla,Zomin,M-${i},Mahalla ${i},Махалля ${i}`);
			const began = performance.now();
			const seen = await bring(tx, programmeId, csv('kind,parent,code,name_uz,name_ru', ...rows));
			const planned = performance.now();
			expect(seen.plan.counts).toEqual({ add: 10_000, change: 0, unchanged: 0, error: 0 });
			await seen.confirm();
			const written = performance.now();
			process.stdout.write(`10,000 places: read and planned twice in ${Math.round(planned - began)} ms, written in ${Math.round(written - planned)} ms\n`);
			expect(await wholeTree(tx, programmeId)).toHaveLength(10_004);
		}));
});

describe('what goes out comes back unchanged', () => {
	it('places and organisations, as CSV and as XLSX, apostrophes and formulas included', () =>
		world(async (tx, { programmeId }) => {
			await (await bring(tx, programmeId, csv('kind,parent,code,name_uz,name_ru', 'district,UZ-JI,D-1,=1+1,"ул; ""x"", y"', 'mahalla,D-1,,\'=x,+7'))).confirm();
			const add = await bring(tx, programmeId, csv(
				'type,name_uz,name_en,languages,phone,web,places,valid_from,valid_to,successor',
				'ministry,Vazirlik,@Ministry,uz|ru,+998 71 200 10 20,https://example.org,D-1|UZ-JI,2020-01-01,31.12.2022,Yangi vazirlik',
				'ministry,Yangi vazirlik,,,,,,2023-01-01,,'
			), 'organisations');
			expect(add.plan.rows.flatMap(({ reasons }) => reasons)).toEqual([]);
			await add.confirm();
			for (const [kind, table] of [['places', await placeTable(tx, programmeId)], ['organisations', await organisationTable(tx, programmeId)]] as const) {
				for (const format of ['csv', 'xlsx'] as const) {
					const bytes = format === 'csv' ? writeCsv(table) : await writeWorkbook([table]);
					const file = await importers[kind].upload(tx, { programmeId }, { name: `a.${format}`, bytes });
					const { plan } = await importers[kind].preview(tx, { programmeId }, file);
					expect(plan.rows.filter(({ action }) => action !== 'unchanged')).toEqual([]);
					expect(plan.rows).toHaveLength(table.rows.length);
				}
			}
		}));
});

describe('an import of organisations', () => {
	it('never takes an address for a shelter, and closes no circle', () =>
		world(async (tx, { programmeId }) => {
			const seen = await bring(tx, programmeId, csv(
				'type,name_uz,address,description_uz,successor,places',
				'cso_shelter,Yangi boshpana,Navoiy 5,,,',
				'cso_shelter,Uchinchi boshpana,,"Navoiy koʻchasi, 5",,',
				'cso,Alfa,,,Beta,',
				'cso,Beta,,,Alfa,',
				'bank,Bank,,,,',
				'cso,Gamma,,,Delta,Atlantida'
			), 'organisations');
			expect(seen.plan.rows.map(({ reasons }) => reasons[0]?.code)).toEqual([
				'organisation.address', 'organisation.address', 'organisation.successor-circle', 'organisation.successor-circle', 'import.organisation-type', 'import.place-unknown'
			]);
			await expect(seen.confirm()).rejects.toMatchObject({ code: 'import.has-errors' });
		}));
});

describe('a large import as a job', () => {
	it('leaves nothing when it is cancelled, does all of it, and bears being run again', { timeout: 60_000 }, async () => {
		const made = await inTransaction(system('first-run'), (tx) => makeWorld(tx, 'Katta fayl'));
		const { programmeId } = made;
		const { personId } = made.person.coordinator;
		const rows = Array.from({ length: 2500 }, (_, i) => `mahalla,Zomin,M-${i},Mahalla ${i}`);
		const { file, digest } = await inTransaction(made.person.coordinator, (tx) => bring(tx, programmeId, csv('kind,parent,code,name_uz', ...rows)));
		const places = async (): Promise<number> => (await inTransaction(made.person.coordinator, (tx) => wholeTree(tx, programmeId))).length;
		const run = (progress: (percent: number) => Promise<void>) =>
			importTask.work({ personId, programmeId, fileId: file, importer: 'places', digest }, { ...atOnce, progress });
		await expect(run((percent) => (percent > 50 ? Promise.reject(new Cancelled()) : Promise.resolve()))).rejects.toBeInstanceOf(Cancelled);
		expect(await places()).toBe(4);
		const said: number[] = [];
		expect(await run(async (percent) => void said.push(percent))).toMatchObject({ add: 2500, path: '/network/places' });
		expect(said).toEqual(said.toSorted((a, b) => a - b));
		expect(said.length).toBeGreaterThan(4);
		expect(await run(async () => {})).toMatchObject({ add: 0, unchanged: 2500 });
		expect(await places()).toBe(2504);
	});
});

describe('random rows', () => {
	const cell = fc.oneof(
		{ weight: 4, arbitrary: fc.constantFrom('UZ-JI', 'UZ-SA', 'Zomin', 'D-1', 'D-2', 'UZ', '', 'district', 'mahalla', 'region', 'country', 'Jizzax') },
		{ weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) }
	);
	const kind = fc.constantFrom('district', 'mahalla', 'district', 'mahalla', 'region', 'country', 'x');

	it('are planned without throwing, and an error anywhere leaves nothing to write', async () => {
		const tree = await inTransaction(system('first-run'), async (tx) => {
			const made = await makeWorld(tx, 'Tasodif');
			return wholeTree(tx, made.programmeId);
		});
		fc.assert(
			fc.property(fc.array(fc.tuple(kind, cell, cell, cell), { minLength: 1, maxLength: 12 }), (rows) => {
				const plan = planPlaces(tree, [['kind', 'parent', 'code', 'name_uz'], ...rows]);
				expect(plan.rows.length).toBe(rows.length);
				if (plan.counts.error > 0) expect(plan.writes).toEqual([]);
				else expect(plan.writes).toHaveLength(plan.counts.add + plan.counts.change);
			}),
			{ numRuns: 500 }
		);
	});
	it('are written whole or not at all, and a second time change nothing', { timeout: 60_000 }, async () => {
		const made = await inTransaction(system('first-run'), (tx) => makeWorld(tx, 'Butun yoki hech'));
		const { programmeId } = made;
		const standing = async (): Promise<string> =>
			JSON.stringify((await owner.query('select id, parent_id, path::text, kind, code, name from network.place where programme_id = $1 order by id', [programmeId])).rows);
		await fc.assert(
			fc.asyncProperty(fc.array(fc.tuple(kind, cell, cell, cell), { minLength: 1, maxLength: 8 }), async (rows) => {
				const before = await standing();
				const bytes = writeCsv({ name: 'x', columns: ['kind', 'parent', 'code', 'name_uz'], rows });
				const table = await readTable(bytes, 'csv').catch(() => []);
				if (table.length < 2) return;
				const outcome = await inTransaction(made.person.coordinator, async (tx) => {
					const seen = await bring(tx, programmeId, bytes);
					return { plan: seen.plan, done: await seen.confirm() };
				}).catch((refused: unknown) => refused);
				if (outcome instanceof Error) {
					expect(outcome).toMatchObject({ name: 'Problem' });
					expect(await standing()).toBe(before);
					return;
				}
				const again = await inTransaction(made.person.coordinator, (tx) => bring(tx, programmeId, bytes));
				expect(again.plan.counts).toMatchObject({ add: 0, change: 0, error: 0 });
				const broken = await owner.query(`select p.id from network.place p join network.place u on u.id = p.parent_id
					where p.programme_id = $1 and (p.path is distinct from u.path || replace(p.id::text, '-', ''))`, [programmeId]);
				expect(broken.rows).toEqual([]);
			}),
			{ numRuns: 60 }
		);
	});
});
