import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { layOutRound } from '../../bench/round.ts';
import { forgetLinks } from '#modules/assessment/collection/link.server.ts';
import { owner, useDatabase } from '../database.ts';
import { expectOpenRosa, form, message, newInstance, useRound } from './scene.ts';
import { exchange, multipart, xmlPart } from './server.ts';

useDatabase();
const scene = useRound();
const { post, send, get, rows, xmlOf, server } = scene;

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
		expect(answer.body).toContain(`<hash>md5:${createHash('md5').update(scene.round.xform).digest('hex')}</hash>`);
		expect(answer.body).toContain(`<downloadUrl>${server.base}/key/${scene.round.token}/forms/${encodeURIComponent('soʻrov')}.xml</downloadUrl>`);
		expect(answer.body).not.toContain('manifestUrl');
	});

	it('answers HEAD with the same headers and no body', async () => {
		const answer = await exchange(server.base, 'HEAD', `/key/${scene.round.token}/formList`);
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
		expect(first.body).toBe(scene.round.xform);
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
		const answer = await exchange(server.base, 'HEAD', `/key/${scene.round.token}/submission?deviceID=x`);
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
		expect(row).toMatchObject({ xml, token_id: scene.round.tokenId, person_id: null, round_id: scene.round.roundId, made_up: false, checked_at: null });
		expect(row.answers).toEqual({ '/data/place': 'Зомин & Jizzax', '/data/age': '31', '/data/child/name': ['A', ''] });
		const entries = await owner.query('select verb, actor_kind, actor_id from platform.journal where subject_id = $1', [row.id]);
		expect(entries.rows).toEqual([{ verb: 'submission.receive', actor_kind: 'token', actor_id: scene.round.tokenId }]);
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
		const ask = (language: string) => exchange(server.base, 'POST', `/key/${scene.round.token}/submission`, { headers: { ...headers, 'accept-language': language }, body });
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
		const answer = await exchange(server.base, 'GET', `/key/${scene.round.token}/submission`);
		expect([answer.status, answer.headers.allow]).toEqual([405, 'HEAD, POST']);
		const list = await exchange(server.base, 'POST', `/key/${scene.round.token}/formList`);
		expect([list.status, list.headers.allow]).toEqual([405, 'GET, HEAD']);
	});
});
