import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { readMarkdown } from '#xforms/readMarkdown.ts';
import { rolledBack, useDatabase } from '../../../../test/database.ts';
import { roundForm } from '../../../../test/assessment.ts';
import { makeWorld, type World } from '../../../../test/personas.ts';
import * as verbs from '../permits.ts';
import { draftRound, nameAnalysts, openRound } from '../round-commands.server.ts';
import { bookOf } from './book.ts';
import { checkWorkbook } from './check.ts';
import { saveInstrument } from './commands.server.ts';
import { startDraft } from './draft-commands.server.ts';
import { putFormFiles, removeFormFile } from './form-file-commands.server.ts';
import { filesOf, versionFiles } from './form-file-queries.server.ts';
import { missingOf, namedAs } from './form-file.ts';
import { readyTable } from './form-table.server.ts';

useDatabase();

const sheets = (version: string, picture = 'zal ʻa.png') =>
	readMarkdown(`
| survey |
| | type | name | label | media::image | choice_filter |
| | select_one_from_file viloyatlar.csv | place | Qayerda? | ${picture} | |
| | select_one_external town | town | Qaysi? | | name=\${place} |
| choices |
| | list_name | name | label |
| | l | a | A |
| external_choices |
| | list_name | name | label |
| | town | chust | Chust, «eski» |
| settings |
| | form_id | form_title | version |
| | fayllar | Fayllar | ${version} |
`);
const ready = (version: string, picture?: string) => {
	const result = checkWorkbook(sheets(version, picture), 'x');
	if (!result.ok) throw new Error(JSON.stringify(result.errors));
	return result;
};
const csv = new TextEncoder().encode('\ufeffname,label\nand,Andijon\nfar,Fargʻona\n');
/** A picture that says where it was taken. */
const picture = async () => new Uint8Array(await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } }).jpeg().withExif({ IFD3: { GPSLatitude: '41/1 0/1 0/1' } }).toBuffer());

async function saved(tx: Tx, world: World, version: string, named?: string): Promise<string> {
	const { versionId } = await saveInstrument(tx, await permit(tx, verbs.uploadInstrument, { programmeId: world.programmeId }), { title: { uz: 'Fayllar' }, sourceFileId: null, ready: ready(version, named) });
	return versionId;
}
const put = async (tx: Tx, versionId: string, name: string, bytes: Uint8Array) => putFormFiles(tx, await permit(tx, verbs.changeFormFiles, versionId), [{ name, bytes }]);

/** Carries something out as the coordinator, in a world of its own, and forgets it. */
const inWorld = (work: (tx: Tx, world: World) => Promise<void>) =>
	rolledBack(system('first-run'), async (tx) => {
		const world = await makeWorld(tx);
		await asActor(tx, world.person.coordinator, () => work(tx, world));
	});

describe('the files of a version', () => {
	it('are those that its form names; what its own sheets hold is there at once', () =>
		inWorld(async (tx, world) => {
			const versionId = await saved(tx, world, '1');
			const { files, used } = await versionFiles(tx, world.programmeId, versionId);
			expect(missingOf(files)).toEqual(['zal ʻa.png', 'viloyatlar.csv']);
			expect(files.find(({ name }) => name === 'itemsets.csv')?.file).not.toBeNull();
			expect(used).toBe(false);
		}));

	it('are taken in under the name of the form, without hidden data, replaced and removed', () =>
		inWorld(async (tx, world) => {
			const versionId = await saved(tx, world, '1');
			await put(tx, versionId, 'Viloyatlar.CSV', csv);
			await put(tx, versionId, 'zal ʻa.png', await picture());
			const [, table, image] = await filesOf(tx, { versionId });
			expect([table?.name, table?.mediaType, table?.bytes]).toEqual(['viloyatlar.csv', 'text/csv', csv.length - 3]);
			expect(image?.mediaType).toBe('image/jpeg');
			const { rows } = await sql<{ md5: string }>`select md5 from assessment.form_file where version_id = ${versionId} and name = 'zal ʻa.png'`.execute(tx);
			expect(rows[0]?.md5).toMatch(/^[0-9a-f]{32}$/);
			await put(tx, versionId, 'viloyatlar.csv', new TextEncoder().encode('name;label\nb;B\n'));
			expect(await filesOf(tx, { versionId })).toHaveLength(3);
			await removeFormFile(tx, await permit(tx, verbs.changeFormFiles, versionId), 'viloyatlar.csv');
			expect(await filesOf(tx, { versionId })).toHaveLength(2);
			const { rows: entries } = await sql<{ count: number }>`select count(*)::int from platform.journal where verb = 'instrument.change-files' and subject_id = ${versionId}`.execute(tx);
			expect(entries[0]?.count).toBe(4);
		}));

	it('go along to the next version and to a draft, as far as they are still named', () =>
		inWorld(async (tx, world) => {
			const first = await saved(tx, world, '1');
			await put(tx, first, 'viloyatlar.csv', csv);
			await put(tx, first, 'zal ʻa.png', await picture());
			const second = await saved(tx, world, '2', 'yangi.png');
			expect(missingOf((await versionFiles(tx, world.programmeId, second)).files)).toEqual(['yangi.png']);
			const draftId = await startDraft(tx, await permit(tx, verbs.draftInstrument, { programmeId: world.programmeId }), { title: { uz: 'x' }, book: bookOf(sheets('1')), basedOnId: first });
			expect((await filesOf(tx, { draftId })).map(({ name }) => name)).toEqual(['itemsets.csv', 'viloyatlar.csv', 'zal ʻa.png']);
			await putFormFiles(tx, await permit(tx, verbs.editInstrument, draftId), [{ name: 'zal ʻa.png', bytes: await picture() }]);
			await expect(putFormFiles(tx, await permit(tx, verbs.editInstrument, draftId), [{ name: 'yangi.png', bytes: await picture() }])).rejects.toMatchObject({ code: 'form-file.not-named' });
		}));

	it('keep a round from opening while one is missing, and stay as they are once it has opened', () =>
		inWorld(async (tx, world) => {
			const versionId = await saved(tx, world, '1');
			await put(tx, versionId, 'viloyatlar.csv', csv);
			const round = await draftRound(tx, await permit(tx, verbs.draftRound, { programmeId: world.programmeId }), roundForm(versionId, [world.jizzakh]));
			await nameAnalysts(tx, await permit(tx, verbs.nameAnalysts, round), [world.person.analyst.personId]);
			await sql`savepoint before`.execute(tx);
			await openRound(tx, await permit(tx, verbs.openRound, round));
			await expect(sql`set constraints all immediate`.execute(tx)).rejects.toMatchObject({ code: 'HM001', message: 'round.files-missing' });
			await sql`rollback to savepoint before`.execute(tx);
			await put(tx, versionId, 'zal ʻa.png', await picture());
			await openRound(tx, await permit(tx, verbs.openRound, round));
			await sql`set constraints all immediate`.execute(tx);
			await expect(put(tx, versionId, 'viloyatlar.csv', csv)).rejects.toMatchObject({ code: 'form-file.version-used' });
			await sql`savepoint open`.execute(tx);
			await expect(sql`delete from assessment.form_file where version_id = ${versionId}`.execute(tx)).rejects.toMatchObject({ message: 'form-file.version-used' });
			await sql`rollback to savepoint open`.execute(tx);
		}));

	it('are changed by coordinators and analysts alone', () =>
		rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const versionId = await asActor(tx, world.person.coordinator, () => saved(tx, world, '1'));
			await asActor(tx, world.person.analyst, () => put(tx, versionId, 'viloyatlar.csv', csv));
			for (const other of [world.person.member, world.person.collector, world.person.donor]) {
				await asActor(tx, other, () => expect(permit(tx, verbs.changeFormFiles, versionId)).rejects.toMatchObject({ name: 'Problem' }));
			}
			await asActor(tx, world.person.collector, async () => expect((await filesOf(tx, { versionId })).length).toBe(2));
			await asActor(tx, world.stranger, async () => expect(await filesOf(tx, { versionId })).toEqual([]));
		}));

	it.each([
		['a page as a picture', 'zal ʻa.png', Buffer.from('<!doctype html><script>alert(1)</script>'), 'file.type'],
		['a drawing with script as a picture', 'zal ʻa.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'file.type'],
		['half a picture', 'zal ʻa.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file.unreadable'],
		['a program as a table', 'viloyatlar.csv', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(60)]), 'form-file.columns'],
		['nothing', 'viloyatlar.csv', Buffer.alloc(0), 'form-file.columns'],
		['a table in the letters of Windows', 'viloyatlar.csv', Buffer.from([0x6e, 0x61, 0x6d, 0x65, 0x0a, 0xd4, 0xe0]), 'form-file.encoding'],
		['a table with NUL', 'viloyatlar.csv', Buffer.from('name,label\na,\u0000\n'), 'file.type'],
		['a table without its columns', 'viloyatlar.csv', Buffer.from('code,title\n1,A\n'), 'form-file.columns'],
		['a table with a quotation mark that never ends', 'viloyatlar.csv', Buffer.from('name,label\na,"A\nb,B\n'), 'form-file.csv'],
		['a table with too much in a row', 'viloyatlar.csv', Buffer.from('name,label\na,A,more\n'), 'form-file.csv'],
		['a file that is not named', '../etc/passwd', Buffer.from('x'), 'form-file.not-named'],
		['more than a file may have', 'viloyatlar.csv', Buffer.alloc(21 * 1024 * 1024, 'name,label\n'), 'file.too-large']
	])('refuse %s', (_, name, bytes, code) => inWorld(async (tx, world) => expect(put(tx, await saved(tx, world, '1'), name, bytes)).rejects.toMatchObject({ code })));
});

describe('a table', () => {
	const named = { name: 'x.xml', use: 'table' as const, columns: [] };
	it.each([
		['cut off', '<root><item>'],
		['that calls in other files', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'],
		['that blows itself up', '<!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><r>&b;</r>'],
		['nested without end', '<a>'.repeat(10_000)],
		['of words', 'hello']
	])('in XML %s is refused', (_, text) => expect(() => readyTable(named, Buffer.from(text))).toThrow(expect.objectContaining({ code: 'form-file.xml' })));
	it('in XML is taken as it is', () => expect(Buffer.from(readyTable(named, Buffer.from('<root><item><name>а</name></item></root>'))).toString()).toContain('а'));
	it('never makes the server fail, whatever it holds', () => {
		fc.assert(
			fc.property(fc.constantFrom('a.csv', 'a.xml'), fc.uint8Array({ maxLength: 200 }), (name, bytes) => {
				try {
					readyTable({ name, use: 'table', columns: ['name'] }, bytes);
				} catch (thrown) {
					expect(thrown).toMatchObject({ name: 'Problem' });
				}
			})
		);
	});
	it('is found by its name, however its letters are put together', () => {
		const file = { name: 'й.csv', use: 'table' as const, columns: [] };
		expect(namedAs([file], 'й.csv'.normalize('NFD'))).toBe(file);
		expect(namedAs([file, { ...file, name: 'Й.csv' }], 'Й.CSV')).toBeUndefined();
	});
});

