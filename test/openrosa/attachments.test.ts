import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { owner, useDatabase } from '../database.ts';
import { expectOpenRosa, mark, message, newInstance, photo, png, useRound } from './scene.ts';
import { exchange, multipart, xmlPart, type Part } from './server.ts';

useDatabase();
const scene = useRound();
const { post, send, rows, xmlOf, server } = scene;

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
		['sound', 'answer.m4a', Buffer.concat([Buffer.from('\0\0\0\u0018ftypM4A \0\0\0\0M4A mp42\0\0\0\0mdat', 'latin1'), Buffer.alloc(200_000, 7)]), 'audio/x-m4a'],
		['low-quality sound', 'answer.amr', Buffer.from(`#!AMR\n${'x'.repeat(5000)}`), 'audio/amr'],
		['a film', 'answer.mp4', Buffer.concat([Buffer.from('\0\0\0\u0018ftypisom\0\0\0\0isommp42\0\0\0\0mdat', 'latin1'), Buffer.alloc(3_000_000, 7)]), 'video/mp4'],
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
	const path = (): string => `/key/${scene.round.token}/submission`;

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
