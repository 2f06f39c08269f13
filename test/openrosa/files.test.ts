import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { forgetLinks } from '#modules/assessment/collection/link.server.ts';
import { putFormFiles } from '#modules/assessment/instruments/form-file-commands.server.ts';
import { entityImporter, makeList, removeEntity } from '#modules/assessment/entities/entity-commands.server.ts';
import { editEntityList, makeEntityList } from '#modules/assessment/entities/permits.ts';
import { changeFormFiles } from '#modules/assessment/permits.ts';
import { inTransaction, type Tx } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { owner, useDatabase } from '../database.ts';
import { exchange, multipart, useDoors, xmlPart, type Answer } from './server.ts';

useDatabase();
const server = useDoors();

const form = `
| survey   |
|          | type                                | name  | label    | media::image  |
|          | select_one_from_file tumanlar.csv   | place | Qayerda? | Зал ʻa & b.jpg |
| settings |
|          | form_id | form_title | version |
|          | soʻrov  | Soʻrov     | 1       |
`;
const table = Buffer.from('name,label\nchust,Чуст tumani\n');
/** As a collection app reads a list: every item with everything, or nothing of it. */
const itemsOf = ({ body }: Answer) =>
	[...body.matchAll(/<mediaFile>\s*<filename>([^<]+)<\/filename>\s*<hash>(md5:[0-9a-f]{32})<\/hash>\s*<downloadUrl>([^<]+)<\/downloadUrl>\s*<\/mediaFile>/g)].map(([, name = '', hash = '', url = '']) => ({
		name: name.replaceAll('&amp;', '&'), hash, url: url.replaceAll('&amp;', '&')
	}));
const md5 = (content: Buffer | string): string => createHash('md5').update(content).digest('hex');

let round: LaidOut;
beforeAll(async () => {
	round = await layOutRound(owner, { form, draft: true });
	const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } }).jpeg().withExif({ IFD3: { GPSLatitude: '41/1 0/1 0/1' } }).toBuffer();
	await inTransaction({ kind: 'person', personId: round.analystId }, async (tx) => {
		await putFormFiles(tx, await permit(tx, changeFormFiles, round.versionId), [{ name: 'tumanlar.csv', bytes: table }, { name: 'Зал ʻa & b.jpg', bytes: picture }]);
	});
	await owner.query(`update assessment.round set state = 'open', opened_at = now() where id = $1`, [round.roundId]);
	forgetLinks();
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> => exchange(server.base, method, path.startsWith('/') ? path : `/key/${round.token}/${path}`, { headers });
const at = (url: string): string => url.slice(server.base.length);
const folder = `forms/${encodeURIComponent('soʻrov')}`;

describe('a form with files', () => {
	it('names its manifest in the list; the hash stays that of the form alone', async () => {
		const { body } = await get('formList');
		expect(body).toContain(`<manifestUrl>${server.base}/key/${round.token}/${folder}/manifest</manifestUrl>`);
		expect(body).toContain(`<hash>md5:${md5(round.xform)}</hash>`);
	});

	it('has a manifest as text/xml in which every item has its name, hash and address', async () => {
		const answer = await get(`${folder}/manifest`);
		expect([answer.status, answer.headers['content-type'], answer.headers['x-openrosa-version']]).toEqual([200, 'text/xml; charset=utf-8', '1.0']);
		expect(answer.body).toContain('<manifest xmlns="http://openrosa.org/xforms/xformsManifest">');
		const items = itemsOf(answer);
		expect(items.map(({ name }) => name)).toEqual(['tumanlar.csv', 'Зал ʻa & b.jpg']);
		expect(items).toHaveLength((answer.body.match(/<mediaFile/g) ?? []).length);
	});

	it('hands out each file: its hash is that of the bytes, its kind is said and not guessed, its name keeps every letter', async () => {
		const items = itemsOf(await get(`${folder}/manifest`));
		for (const { name, hash, url } of items) {
			const answer = await get(at(url));
			expect(answer.status).toBe(200);
			expect(answer.headers['x-content-type-options']).toBe('nosniff');
			expect(answer.headers['content-type']).toBe(name.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'image/jpeg');
			expect(answer.headers['content-disposition']).toBe(`attachment; filename="file"; filename*=UTF-8''${encodeURIComponent(name)}`);
			expect(answer.headers['content-security-policy']).toContain('sandbox');
			expect(answer.headers['x-openrosa-version']).toBe('1.0');
			expect(answer.headers.etag).toBe(`"${hash.slice(4)}"`);
			const raw = Buffer.from(await (await fetch(url)).arrayBuffer());
			expect(`md5:${md5(raw)}`).toBe(hash);
			expect(Number(answer.headers['content-length'])).toBe(raw.length);
			expect(raw.includes('Exif')).toBe(false);
			const again = await get(at(url), { 'if-none-match': answer.headers.etag ?? '' });
			expect([again.status, again.body, again.headers.etag]).toEqual([304, '', answer.headers.etag]);
			const head = await get(at(url), {}, 'HEAD');
			expect([head.status, head.body, head.headers['content-length']]).toEqual([200, '', String(raw.length)]);
		}
		expect((await get(at(items[0]?.url ?? ''))).body).toBe(table.toString());
	});

	it('is asked with a password over TLS as well, and then names addresses without the secret', async () => {
		const headers = { authorization: `Basic ${Buffer.from(`x:${round.token}`).toString('base64')}` };
		expect((await get(`/key/${folder}/files/tumanlar.csv`, headers)).status).toBe(403);
	});

	it.each(['files/none.csv', 'files/..%2f..%2fsecret', 'files/%ff', 'files/', 'files/tumanlar.csv/x', 'files/%00'])('answers 404 to %s, in the language of the client', async (path) => {
		const answer = await get(`${folder}/${path}`, { 'accept-language': 'uz' });
		expect(answer.status).toBe(404);
		expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
		expect(answer.body).toContain('<message nature="error">');
	});

	it('takes nothing in under the address of a file', async () => {
		const answer = await get(`${folder}/files/tumanlar.csv`, {}, 'PUT');
		expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD']);
	});

	it('opens to no other link, and to none when the round has closed', async () => {
		const other = await layOutRound(owner, { form: form.replace('soʻrov', 'boshqa'), draft: true });
		expect((await exchange(server.base, 'GET', `/key/${other.token}/${folder}/files/tumanlar.csv`)).status).toBe(404);
		await owner.query(`update assessment.round set state = 'closed' where id = $1`, [round.roundId]);
		forgetLinks();
		expect((await get(`${folder}/files/tumanlar.csv`)).status).toBe(404);
		expect((await get('formList')).body).not.toContain('manifestUrl');
	});
});

describe('a form that chooses from a list of entities', () => {
	const listed = `
| survey   |
|          | type                               | name  | label    |
|          | select_one_from_file xizmatlar.csv | where | Qayerda? |
| settings |
|          | form_id | form_title | version |
|          | xizmat  | Xizmat     | 1       |
`;
	let choosing: LaidOut;
	let listId = '';
	const ask = (path: string): Promise<Answer> => exchange(server.base, 'GET', path.startsWith('/') ? path : `/key/${choosing.token}/${path}`);
	const as = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction({ kind: 'person', personId: choosing.analystId }, work);
	const take = (csv: string) =>
		as(async (tx) => {
			const target = { programmeId: choosing.programmeId, listId };
			const file = await entityImporter.upload(tx, target, { name: 'x.csv', bytes: Buffer.from(csv) });
			await entityImporter.confirm(tx, target, file, (await entityImporter.preview(tx, target, file)).digest);
		});
	beforeAll(async () => {
		choosing = await layOutRound(owner, { form: listed, draft: true });
		await expect(owner.query(`update assessment.round set state = 'open' where id = $1`, [choosing.roundId])).rejects.toThrow('round.files-missing');
		listId = await as(async (tx) => makeList(tx, await permit(tx, makeEntityList, { programmeId: choosing.programmeId }), 'xizmatlar'));
		await take('label,viloyat\n"Chust, «eski»",Namangan\nЗомин,Jizzax\n');
		await owner.query(`update assessment.round set state = 'open', opened_at = now() where id = $1`, [choosing.roundId]);
		forgetLinks();
	});
	const item = async () => {
		const { body } = await ask('forms/xizmat/manifest');
		const found = /<mediaFile type="entityList">\s*<filename>xizmatlar\.csv<\/filename>\s*<hash>md5:([0-9a-f]{32})<\/hash>\s*<downloadUrl>([^<]+)<\/downloadUrl>\s*<integrityUrl>([^<]+)<\/integrityUrl>\s*<\/mediaFile>/.exec(body);
		if (!found) throw new Error(body);
		const [, hash = '', download = '', integrityUrl = ''] = found;
		return { hash, download, integrityUrl };
	};

	it('has it in its manifest as an entity list, with the address that tells what was removed', async () => {
		expect((await ask('formList')).body).toContain(`/forms/xizmat/manifest</manifestUrl>`);
		const { download, integrityUrl } = await item();
		expect(download).toBe(`${server.base}/key/${choosing.token}/forms/xizmat/files/xizmatlar.csv`);
		expect(integrityUrl).toBe(`${server.base}/key/${choosing.token}/forms/xizmat/lists/xizmatlar/integrity`);
	});

	it('gets it as a table with ids, labels, versions and further columns; the hash is that of its bytes', async () => {
		const { hash, download } = await item();
		const answer = await ask(at(download));
		expect([answer.status, answer.headers['content-type'], answer.headers.etag]).toEqual([200, 'text/csv; charset=utf-8', `"${hash}"`]);
		expect(md5(answer.body)).toBe(hash);
		const lines = answer.body.trimEnd().split('\n');
		expect(lines[0]).toBe('name,label,__version,viloyat');
		expect(lines[1]).toMatch(/^[0-9a-f-]{36},"Chust, «eski»",1,Namangan$/);
		expect(lines[2]).toMatch(/^[0-9a-f-]{36},Зомин,1,Jizzax$/);
	});

	it('gets another hash when the list changes, while the form keeps its own', async () => {
		const before = { ...(await item()), list: (await ask('formList')).body };
		await take('label,viloyat\nЗомин,Sirdaryo\n');
		const { hash, download } = await item();
		expect(hash).not.toBe(before.hash);
		expect(md5((await ask(at(download))).body)).toBe(hash);
		expect((await ask('formList')).body).toBe(before.list);
	});

	it('is told which entries were removed, without a space between elements, and nothing of what the list never had', async () => {
		const { download, integrityUrl } = await item();
		const ids = (await ask(at(download))).body.trimEnd().split('\n').slice(1).map((line) => line.slice(0, 36));
		const [gone = '', stays = ''] = ids;
		await as(async (tx) => removeEntity(tx, await permit(tx, editEntityList, listId), gone, true));
		const asked = encodeURIComponent(`${gone},${stays},7d3a0000-0000-4000-8000-000000000000,'; drop table x`);
		const answer = await ask(`${at(integrityUrl)}?id=${asked}`);
		expect([answer.status, answer.headers['content-type'], answer.headers['x-openrosa-version']]).toEqual([200, 'text/xml; charset=utf-8', '1.0']);
		const told = new Map([...answer.body.matchAll(/<entity id="([^"]+)"><deleted>(true|false)<\/deleted><\/entity>/g)].map(([, id, deleted]) => [id, deleted]));
		expect(told).toEqual(new Map([[gone, 'true'], [stays, 'false']]));
		expect(answer.body).toMatch(/^<\?xml[^>]*\?><data><entities><entity [^]*<\/entities><\/data>$/);
		expect(answer.body).not.toMatch(/>\s+</);
		expect((await ask(at(download))).body).not.toContain(gone);
		expect((await ask('forms/xizmat/lists/none/integrity?id=x')).status).toBe(404);
	});
});

it('keeps the answers of a form that creates entities, and creates none', async () => {
	const creating = await layOutRound(owner, {
		form: `
| survey   |
|          | type | name | label | save_to |
|          | text | kind | Turi  | kind    |
| entities |
|          | list_name | label    |
|          | daraxt    | \${kind} |
| settings |
|          | form_id | form_title | version |
|          | daraxt  | Daraxt     | 1       |
`
	});
	const xml = `<data id="daraxt" version="1"><kind>Chinor</kind><meta><instanceID>uuid:${randomUUID()}</instanceID><entity dataset="daraxt" id="${randomUUID()}" create="1"><label>Chinor</label></entity></meta></data>`;
	const answer = await exchange(server.base, 'POST', `/key/${creating.token}/submission`, multipart([xmlPart(xml)]));
	expect(answer.status).toBe(201);
	expect((await owner.query('select xml from assessment.submission where round_id = $1', [creating.roundId])).rows).toEqual([{ xml }]);
	expect((await owner.query('select from assessment.entity where programme_id = $1', [creating.programmeId])).rowCount).toBe(0);
});

