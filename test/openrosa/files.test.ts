import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { forgetLinks } from '#modules/assessment/collection/link.server.ts';
import { putFormFiles } from '#modules/assessment/instruments/form-file-commands.server.ts';
import { changeFormFiles } from '#modules/assessment/permits.ts';
import { inTransaction } from '#platform/database.server.ts';
import { permit } from '#platform/permit.server.ts';
import { owner, useDatabase } from '../database.ts';
import { exchange, useDoors, type Answer } from './server.ts';

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
