import { createHash, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { forgetLinks } from '#modules/assessment/collection/link.server.ts';
import { owner, useDatabase } from '../database.ts';
import { exchange, multipart, useDoors, xmlPart, type Answer, type Part } from './server.ts';

useDatabase();
const server = useDoors();

const form = `
| survey   |
|          | type         | name  | label    | constraint |
|          | text         | place | Qayerda? |            |
|          | integer      | age   | Yosh     | . < 120    |
|          | image        | photo | Surat    |            |
|          | image        | other | Yana     |            |
|          | begin_repeat | child | Bola     |            |
|          | text         | name  | Ism      |            |
|          | end_repeat   |       |          |            |
| settings |
|          | form_id | form_title  | version |
|          | soʻrov  | Soʻrov & Co | 7       |
`;
/** The smallest picture there is. */
const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const mark = (n: number): Buffer => Buffer.concat([png, Buffer.from(String(n))]);

let round: LaidOut;
beforeAll(async () => {
	round = await layOutRound(owner, { form });
});

const newInstance = (): string => `uuid:${randomUUID()}`;
const xmlOf = (instanceId: string | null, inside = '<place>Zomin</place>', { id = round.formId, version = '7', extra = '' } = {}): string =>
	`<data xmlns:jr="http://openrosa.org/javarosa" id="${id}" version="${version}">${inside}<meta>${instanceId === null ? '' : `<instanceID>${instanceId}</instanceID>`}${extra}</meta></data>`;
const post = (parts: readonly Part[], { token, path }: { token?: string; path?: string } = {}): Promise<Answer> =>
	exchange(server.base, 'POST', path ?? `/key/${token ?? round.token}/submission?deviceID=collect%3Ax`, multipart(parts));
const send = (xml: string | Buffer, more: readonly Part[] = []): Promise<Answer> => post([xmlPart(xml), ...more]);
const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> => exchange(server.base, 'GET', `/key/${round.token}/${path}`, { headers });
const rows = async (instanceId: string) =>
	(await owner.query('select * from assessment.submission where instance_id = $1', [instanceId])).rows;
const photo = (filename: string, content: Buffer = png): Part => ({ name: filename, filename, type: 'image/png', content });
const message = ({ body }: Answer): string => /<message nature="error">([^<]+)<\/message>/.exec(body)?.[1] ?? '';

function expectOpenRosa(answer: Answer): void {
	expect(answer.headers['x-openrosa-version']).toBe('1.0');
	expect(Number.isNaN(Date.parse(answer.headers.date ?? ''))).toBe(false);
	expect(Number(answer.headers['x-openrosa-accept-content-length'])).toBeGreaterThan(1_000_000);
}

describe('the form list', () => {
	it('names the form, its version, hash and address, as text/xml', async () => {
		const answer = await get('formList');
		expectOpenRosa(answer);
		expect(answer.status).toBe(200);
		expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
		expect(answer.body).toContain('<xforms xmlns="http://openrosa.org/xforms/xformsList">');
		expect(answer.body).toContain('<formID>soʻrov</formID>');
		expect(answer.body).toContain('<name>Soʻrov &amp; Co</name>');
		expect(answer.body).toContain('<version>7</version>');
		expect(answer.body).toContain(`<hash>md5:${createHash('md5').update(round.xform).digest('hex')}</hash>`);
		expect(answer.body).toContain(`<downloadUrl>${server.base}/key/${round.token}/forms/${encodeURIComponent('soʻrov')}.xml</downloadUrl>`);
		expect(answer.body).not.toContain('manifestUrl');
	});

	it('answers HEAD with the same headers and no body', async () => {
		const answer = await exchange(server.base, 'HEAD', `/key/${round.token}/formList`);
		expect(answer.status).toBe(200);
		expect(answer.body).toBe('');
		expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
	});

	it('lists only the form asked for', async () => {
		expect((await get('formList?formID=so%CA%BBrov')).body).toContain('<xform>');
		expect((await get('formList?formID=other')).body).not.toContain('<xform>');
	});
});

describe('the form', () => {
	const path = `forms/${encodeURIComponent('soʻrov')}`;

	it('comes with an ETag, and not again when the client has it', async () => {
		const first = await get(`${path}.xml`);
		expectOpenRosa(first);
		expect(first.status).toBe(200);
		expect(first.headers['content-type']).toBe('text/xml; charset=utf-8');
		expect(first.body).toBe(round.xform);
		const { etag = '' } = first.headers;
		const again = await get(`${path}.xml`, { 'if-none-match': etag });
		expect([again.status, again.body, again.headers.etag]).toEqual([304, '', etag]);
		expect((await get(`${path}.xml`, { 'if-none-match': `W/${etag}, "x"` })).status).toBe(304);
		expect((await get(`${path}.xml`, { 'if-none-match': '"x"' })).status).toBe(200);
	});

	it('has a manifest without files', async () => {
		const answer = await get(`${path}/manifest`);
		expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/xml; charset=utf-8']);
		expect(answer.body).toContain('<manifest xmlns="http://openrosa.org/xforms/xformsManifest">\n</manifest>');
	});

	it('is 404 under another name', async () => {
		for (const other of ['forms/other.xml', 'forms/other/manifest', 'forms/%ff.xml', 'nothing']) {
			const answer = await get(other);
			expectOpenRosa(answer);
			expect([other, answer.status]).toEqual([other, 404]);
			expect(message(answer)).not.toBe('');
		}
	});
});

describe('a submission', () => {
	it('is announced with HEAD: exactly 204, and how large it may be', async () => {
		const answer = await exchange(server.base, 'HEAD', `/key/${round.token}/submission?deviceID=x`);
		expectOpenRosa(answer);
		expect([answer.status, answer.body]).toEqual([204, '']);
	});

	it('is answered 201 with an OpenRosaResponse, and kept as it came', async () => {
		const id = newInstance();
		const xml = xmlOf(id, '<place>Зомин &amp; Jizzax</place><age>31</age><child><name>A</name></child><child><name/></child>');
		const answer = await send(xml);
		expectOpenRosa(answer);
		expect([answer.status, answer.headers['content-type']]).toEqual([201, 'text/xml; charset=utf-8']);
		expect(answer.body).toContain('<OpenRosaResponse xmlns="http://openrosa.org/http/response">');
		expect(answer.body).toContain('<message nature="submit_success">');
		const [row] = await rows(id);
		expect(row).toMatchObject({ xml, token_id: round.tokenId, person_id: null, round_id: round.roundId, made_up: false, checked_at: null });
		expect(row.answers).toEqual({ '/data/place': 'Зомин & Jizzax', '/data/age': '31', '/data/child/name': ['A', ''] });
		const entries = await owner.query('select verb, actor_kind, actor_id from platform.journal where subject_id = $1', [row.id]);
		expect(entries.rows).toEqual([{ verb: 'submission.receive', actor_kind: 'token', actor_id: round.tokenId }]);
	});

	it('is a success again when the same bytes come again, and one row', async () => {
		const id = newInstance();
		expect((await send(xmlOf(id))).status).toBe(201);
		expect((await send(xmlOf(id))).status).toBe(201);
		expect(await rows(id)).toHaveLength(1);
	});

	it('is one row and 50 successes when 50 come at once', async () => {
		const id = newInstance();
		const answers = await Promise.all(Array.from({ length: 50 }, () => send(xmlOf(id))));
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
		const kept = await rows(id);
		expect(kept).toHaveLength(1);
		expect((await owner.query('select from platform.journal where subject_id = $1', [kept[0].id])).rowCount).toBe(1);
	});

	it('is 409 when other XML comes under the same instanceID', async () => {
		const id = newInstance();
		await send(xmlOf(id));
		const answer = await send(xmlOf(id, '<place>Boshqa</place>'));
		expect(answer.status).toBe(409);
		expect(message(answer)).not.toBe('');
		expect((await rows(id))[0].answers).toEqual({ '/data/place': 'Zomin' });
	});

	it('keeps those of two people who send at once', async () => {
		const ids = Array.from({ length: 20 }, newInstance);
		const answers = await Promise.all(ids.map((id, index) => send(xmlOf(id, `<age>${index}</age>`))));
		expect(answers.every(({ status }) => status === 201)).toBe(true);
		const kept = await owner.query('select instance_id from assessment.submission where instance_id = any($1)', [ids]);
		expect(kept.rowCount).toBe(20);
	});

	it.each([
		['without an instanceID', () => xmlOf(null), 400],
		['with an empty instanceID', () => xmlOf(''), 400],
		['for an unknown form', () => xmlOf(newInstance(), '', { id: 'unknown' }), 404],
		['for an unknown version', () => xmlOf(newInstance(), '', { version: '8' }), 404],
		['cut off', () => xmlOf(newInstance()).slice(0, -8), 400],
		['that is no XML', () => 'hello', 400],
		['that is empty', () => '', 400],
		['with a NUL', () => xmlOf(newInstance(), '<place>a\u0000b</place>'), 400],
		['with a NUL by number', () => xmlOf(newInstance(), '<place>a&#0;b</place>'), 400],
		['with a document type', () => `<!DOCTYPE data [<!ENTITY x SYSTEM "file:///etc/passwd">]>${xmlOf(newInstance(), '<place>&x;</place>')}`, 400],
		['that is not UTF-8', () => Buffer.from(xmlOf(newInstance(), '<place>жой</place>'), 'latin1').fill(0xff, 90, 92), 400],
		['with an element the form does not have', () => xmlOf(newInstance(), '<spy>1</spy>'), 400],
		['nested without end', () => '<a>'.repeat(100_000), 400]
	])('%s is refused and nothing is kept', async (_, xml, status) => {
		const before = await owner.query('select count(*) from assessment.submission');
		const answer = await send(xml());
		expectOpenRosa(answer);
		expect(answer.status).toBe(status);
		expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
		expect(message(answer)).not.toBe('');
		expect((await owner.query('select count(*) from assessment.submission')).rows).toEqual(before.rows);
	});

	it('is accepted though it breaks a constraint: that is looked at later', async () => {
		expect((await send(xmlOf(newInstance(), '<age>700</age>'))).status).toBe(201);
	});

	it('says what is wrong in the language of the client', async () => {
		const { headers, body } = multipart([xmlPart('x')]);
		const ask = (language: string) => exchange(server.base, 'POST', `/key/${round.token}/submission`, { headers: { ...headers, 'accept-language': language }, body });
		expect(message(await ask('ru-RU'))).toMatch(/повреждён/);
		expect(message(await ask('en'))).toMatch(/damaged/);
		expect(message(await ask('kaa'))).toMatch(/buzılǵan/);
	});
});

describe('an edit', () => {
	it('takes the place of the submission it names, which stays', async () => {
		const [first, second, third] = [newInstance(), newInstance(), newInstance()];
		await send(xmlOf(first));
		const edit = xmlOf(second, '<place>Jizzax</place>', { extra: `<deprecatedID>${first}</deprecatedID>` });
		expect((await send(edit)).status).toBe(201);
		expect((await send(edit)).status).toBe(201);
		expect((await rows(first))[0].superseded_by).toBe(second);
		expect((await rows(second))[0]).toMatchObject({ superseded_by: null, answers: { '/data/place': 'Jizzax' } });
		const late = await send(xmlOf(third, '', { extra: `<deprecatedID>${first}</deprecatedID>` }));
		expect(late.status).toBe(409);
		expect(await rows(third)).toHaveLength(0);
	});

	it('of what is not there is 404, and of itself too', async () => {
		const id = newInstance();
		expect((await send(xmlOf(id, '', { extra: '<deprecatedID>uuid:none</deprecatedID>' }))).status).toBe(404);
		expect((await send(xmlOf(id, '', { extra: `<deprecatedID>${id}</deprecatedID>` }))).status).toBe(404);
		expect(await rows(id)).toHaveLength(0);
	});

	it('sent by many at once is made once', async () => {
		const [first, second] = [newInstance(), newInstance()];
		await send(xmlOf(first));
		const edit = xmlOf(second, '', { extra: `<deprecatedID>${first}</deprecatedID>` });
		const answers = await Promise.all(Array.from({ length: 10 }, () => send(edit)));
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
		expect(await rows(second)).toHaveLength(1);
	});
});

describe('files', () => {
	const named = (name: string): string => `<photo>${name}</photo>`;
	const attached = async (id: string) =>
		(await owner.query('select a.name, a.file_id is not null as here from assessment.attachment a join assessment.submission s on s.id = a.submission_id where s.instance_id = $1 order by a.name', [id])).rows;

	it('keep their Cyrillic names', async () => {
		const id = newInstance();
		expect((await send(xmlOf(id, named('сурат ўғил.png')), [photo('сурат ўғил.png')])).status).toBe(201);
		expect(await attached(id)).toEqual([{ name: 'сурат ўғил.png', here: true }]);
		const file = await owner.query("select name, media_type from platform.file where name like 'сурат%'");
		expect(file.rows).toEqual([{ name: 'сурат ўғил.png', media_type: 'image/png' }]);
	});

	it('may come in several requests; the last makes it whole', async () => {
		const id = newInstance();
		const xml = xmlOf(id, '<photo>a.png</photo><other>b.png</other>');
		const announce: Part = { name: '*isIncomplete*', content: 'yes' };
		const first = await send(xml, [photo('a.png'), announce]);
		expect(first.status).toBe(202);
		expectOpenRosa(first);
		expect(await attached(id)).toEqual([{ name: 'a.png', here: true }, { name: 'b.png', here: false }]);
		expect((await send(xml, [photo('b.png', mark(2))])).status).toBe(201);
		expect((await send(xml, [photo('a.png'), photo('b.png', mark(2))])).status).toBe(201);
		expect(await attached(id)).toEqual([{ name: 'a.png', here: true }, { name: 'b.png', here: true }]);
		expect(await rows(id)).toHaveLength(1);
	});

	it.each([
		['sound', 'answer.m4a', Buffer.concat([Buffer.from('\0\0\0\u0018ftypM4A \0\0\0\0M4A mp42', 'latin1'), Buffer.alloc(200_000, 7)]), 'audio/x-m4a'],
		['low-quality sound', 'answer.amr', Buffer.from(`#!AMR\n${'x'.repeat(5000)}`), 'audio/amr'],
		['a film', 'answer.mp4', Buffer.concat([Buffer.from('\0\0\0\u0018ftypisom\0\0\0\0isommp42', 'latin1'), Buffer.alloc(3_000_000, 7)]), 'video/mp4'],
		['a table', 'javob.csv', Buffer.from('a,b\n=1+1,ж\n'), 'text/csv']
	])('may be %s, and are kept as they came', async (_, name, content, type) => {
		const id = newInstance();
		expect((await send(xmlOf(id, named(name)), [{ name, filename: name, type: 'application/octet-stream', content }])).status).toBe(201);
		const kept = await owner.query('select f.media_type, f.bytes, a.sha256, f.sha256 as kept from platform.file f join assessment.attachment a on a.file_id = f.id join assessment.submission s on s.id = a.submission_id where s.instance_id = $1', [id]);
		const sha256 = createHash('sha256').update(content).digest();
		expect(kept.rows).toEqual([{ media_type: type, bytes: String(content.length), sha256, kept: sha256 }]);
	});

	it.each([
		['a document that is an archive too', 'a.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n%%EOF\n'), Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)])],
		['a document with a page behind its end', 'a.pdf', Buffer.from('%PDF-1.7\n%%EOF\n<html><script>alert(1)</script></html>')],
		['a film that begins as a page', 'a.mp4', Buffer.concat([Buffer.from('\0\0\0\u0018ftypisom\0\0\0\0isommp42<html><script>1</script>', 'latin1'), Buffer.alloc(900)])],
		['sound with a document in it', 'a.m4a', Buffer.concat([Buffer.from('\0\0\0\u0018ftypM4A \0\0\0\0M4A mp42%PDF-1.4', 'latin1'), Buffer.alloc(900)])],
		['a picture that is a program', 'a.gif', Buffer.from('GIF89a/*\0\u0001*/=1;alert(1)')],
		['a page that calls itself a picture', 'a.png', Buffer.from('<html><script>alert(1)</script></html>')]
	])('that are %s are refused, with the submission', async (_, name, content) => {
		const id = newInstance();
		const answer = await send(xmlOf(id, named(name)), [{ name, filename: name, type: 'image/png', content }]);
		expect([answer.status, message(answer) !== '']).toEqual([415, true]);
		expect(await rows(id)).toHaveLength(0);
	});

	it('lose what a picture carried beside the picture', async () => {
		const id = newInstance();
		expect((await send(xmlOf(id, named('p.png')), [photo('p.png', Buffer.concat([png, Buffer.from('<script>alert(1)</script>PK\u0005\u0006')]))])).status).toBe(201);
		const { rows: [file] } = await owner.query('select f.sha256, f.bytes from platform.file f join assessment.attachment a on a.file_id = f.id join assessment.submission s on s.id = a.submission_id where s.instance_id = $1', [id]);
		expect(Number(file.bytes)).toBeLessThan(200);
	});

	it('that are other bytes under a name that has arrived are 409', async () => {
		const id = newInstance();
		await send(xmlOf(id, named('a.png')), [photo('a.png')]);
		expect((await send(xmlOf(id, named('a.png')), [photo('a.png', mark(9))])).status).toBe(409);
	});

	it.each([
		['that the form does not name', () => [photo('b.png')], 400],
		['with a way to another folder', () => [photo('../a.png')], 400],
		['that come twice', () => [photo('a.png'), photo('a.png')], 400],
		['of a kind that is not taken', () => [{ ...photo('a.png'), content: Buffer.from('MZ\u0090\u0000') }], 415],
		['beside a field nobody knows', () => [photo('a.png'), { name: 'x', content: 'y' }], 400]
	])('%s are refused, with the submission', async (_, parts, status) => {
		const id = newInstance();
		const answer = await send(xmlOf(id, named('a.png')), parts());
		expect(answer.status).toBe(status);
		expect(message(answer)).not.toBe('');
		expect(await rows(id)).toHaveLength(0);
	});
});

describe('a hostile body', () => {
	const path = (): string => `/key/${round.token}/submission`;

	it.each([
		['without a type', {}, 'x', 415],
		['of another type', { 'content-type': 'text/xml' }, '<data/>', 415],
		['without a boundary', { 'content-type': 'multipart/form-data; x=y' }, 'x', 400],
		['that is compressed', { 'content-type': 'multipart/form-data; boundary=x', 'content-encoding': 'gzip' }, 'x', 415],
		['that is no multipart', { 'content-type': 'multipart/form-data; boundary=x' }, 'hello', 400],
		['that is empty', { 'content-type': 'multipart/form-data; boundary=x' }, '', 400]
	])('%s gets a clear answer', async (_, headers, body, status) => {
		const answer = await exchange(server.base, 'POST', path(), { headers, body });
		expectOpenRosa(answer);
		expect(answer.status).toBe(status);
		expect(message(answer)).not.toBe('');
	});

	it('with a part that does not say what it is gets a clear answer, and nothing of it is kept', async () => {
		const id = newInstance();
		const { headers, body } = multipart([xmlPart(xmlOf(id))], '--b0undary-of-a-collection-app\r\nContent-Type: image/png\r\n\r\nx\r\n--b0undary-of-a-collection-app--\r\n');
		const answer = await exchange(server.base, 'POST', path(), { headers: { ...headers, 'accept-language': 'en' }, body });
		expect(answer.status).toBe(400);
		expect(message(answer)).toMatch(/Content-Disposition/);
		expect(await rows(id)).toHaveLength(0);
	});

	it('without the XML, with two, or cut off before its end is 400', async () => {
		const xml = xmlPart(xmlOf(newInstance()));
		expect((await post([photo('a.png')])).status).toBe(400);
		expect((await post([xml, xml])).status).toBe(400);
		expect((await exchange(server.base, 'POST', path(), multipart([xml], ''))).status).toBe(400);
		expect((await exchange(server.base, 'POST', path(), multipart([{ ...xml, content: xml.content }, photo('a.png')], ''))).status).toBe(400);
	});

	it('that is too large is 413, announced or not', async () => {
		const huge = { headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': String(1e9) } };
		const answer = await new Promise<number>((resolve, reject) => {
			void import('node:http').then(({ default: http }) => {
				const request = http.request(server.base + path(), { method: 'POST', ...huge }, (response) => resolve(response.statusCode ?? 0));
				request.on('error', reject);
				request.write('--x\r\n');
			});
		});
		expect(answer).toBe(413);
		const xml = xmlPart(xmlOf(newInstance(), `<place>${'a'.repeat(5 * 1024 * 1024)}</place>`));
		expect((await post([xml])).status).toBe(413);
	});

	it('of too many files is 413', async () => {
		const answer = await send(xmlOf(newInstance()), Array.from({ length: 60 }, (_, n) => photo(`${n}.png`)));
		expect(answer.status).toBe(413);
	});

	it('leaves nothing aside', async () => {
		const { readdir } = await import('node:fs/promises');
		expect(await readdir(`${process.env['HAMKOR_DATA']}/incoming`)).toEqual([]);
	});
});

describe('a link', () => {
	it('that is none, or is gone, is 403 everywhere', async () => {
		const gone = await layOutRound(owner, { form });
		await owner.query('update assessment.collection_token set revoked_at = now() where id = $1', [gone.tokenId]);
		const expired = await layOutRound(owner, { form });
		await owner.query("update assessment.collection_token set expires_at = now() - interval '1 second' where id = $1", [expired.tokenId]);
		for (const token of ['x', 'a'.repeat(32), gone.token, expired.token]) {
			for (const [method, call] of [['GET', 'formList'], ['GET', 'forms/x.xml'], ['HEAD', 'submission'], ['GET', 'forms/x/manifest']] as const) {
				const answer = await exchange(server.base, method, `/key/${token}/${call}`);
				expectOpenRosa(answer);
				expect(answer.status).toBe(403);
			}
			expect((await post([xmlPart(xmlOf(newInstance()))], { token })).status).toBe(403);
		}
	});

	it('revoked a moment ago is refused by the database, whatever is remembered', async () => {
		const link = await layOutRound(owner, { form });
		expect((await post([xmlPart(xmlOf(newInstance()))], { token: link.token })).status).toBe(201);
		await owner.query('update assessment.collection_token set revoked_at = now() where id = $1', [link.tokenId]);
		const answer = await post([xmlPart(xmlOf(newInstance()))], { token: link.token });
		expect(answer.status).toBe(403);
		expect((await owner.query('select from assessment.submission where round_id = $1', [link.roundId])).rowCount).toBe(1);
	});

	it('into a closed round takes nothing new, and still confirms what it has', async () => {
		const link = await layOutRound(owner, { form });
		const first = xmlPart(xmlOf(newInstance()));
		await post([first], { token: link.token });
		await owner.query("update assessment.round set state = 'closed', closed_at = now() where id = $1", [link.roundId]);
		expect((await post([xmlPart(xmlOf(newInstance()))], { token: link.token })).status).toBe(403);
		expect((await post([first], { token: link.token })).status).toBe(201);
		forgetLinks();
		expect((await post([xmlPart(xmlOf(newInstance()))], { token: link.token })).status).toBe(403);
		expect((await exchange(server.base, 'GET', `/key/${link.token}/formList`)).body).not.toContain('<xform>');
		expect((await owner.query('select from assessment.submission where round_id = $1', [link.roundId])).rowCount).toBe(1);
	});

	it('with a ceiling takes exactly as many, also when they come at once', async () => {
		const link = await layOutRound(owner, { form, ceiling: 5 });
		const bodies = Array.from({ length: 12 }, () => xmlPart(xmlOf(newInstance())));
		const answers = await Promise.all(bodies.map((part) => post([part], { token: link.token })));
		expect(answers.filter(({ status }) => status === 201)).toHaveLength(5);
		expect(answers.filter(({ status }) => status === 403)).toHaveLength(7);
		const good = bodies[answers.findIndex(({ status }) => status === 201)];
		expect((await post(good ? [good] : [], { token: link.token })).status).toBe(201);
	});

	it('into a sensitive round refuses apps in clear words, and takes what the filling page sends', async () => {
		const link = await layOutRound(owner, { form, sensitive: true });
		for (const [method, call] of [['GET', 'formList'], ['HEAD', 'submission'], ['POST', 'submission']] as const) {
			const answer = await exchange(server.base, method, `/key/${link.token}/${call}`, { headers: { 'accept-language': 'en' } });
			expect(answer.status).toBe(403);
			if (method !== 'HEAD') expect(message(answer)).toMatch(/browser only/);
		}
		const answer = await post([xmlPart(xmlOf(newInstance()))], { path: `/c/${link.token}/submission` });
		expect(answer.status).toBe(201);
	});

	it('takes no other method', async () => {
		const answer = await exchange(server.base, 'GET', `/key/${round.token}/submission`);
		expect([answer.status, answer.headers.allow]).toEqual([405, 'HEAD, POST']);
		const list = await exchange(server.base, 'POST', `/key/${round.token}/formList`);
		expect([list.status, list.headers.allow]).toEqual([405, 'GET, HEAD']);
	});
});
