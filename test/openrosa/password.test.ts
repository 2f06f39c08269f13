import { randomUUID } from 'node:crypto';
import type http from 'node:http';
import { beforeAll, expect, it } from 'vitest';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { owner, useDatabase } from '../database.ts';
import { exchange, multipart, useDoors, xmlPart, type Answer } from './server.ts';

useDatabase();
const server = useDoors({ HAMKOR_TRUSTED_PROXY: '127.0.0.1' });

const form = '| survey |\n| | type | name | label |\n| | text | word | Word |\n| settings |\n| | form_id | version |\n| | word | 1 |\n';
let round: LaidOut;
beforeAll(async () => {
	round = await layOutRound(owner, { form });
});

const overTls = { 'x-forwarded-proto': 'https', 'x-forwarded-host': '127.0.0.1' };
const basic = (password: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(`collector:${password}`).toString('base64')}` });
const ask = (path: string, headers: Record<string, string>): Promise<Answer> => exchange(server.base, 'GET', `/key/${path}`, { headers });
const challenge = (headers: http.IncomingHttpHeaders): string | undefined => headers['www-authenticate'];

it('is asked for once, as apps expect, and then opens the whole exchange without the secret in any address', async () => {
	const first = await ask('formList', overTls);
	expect([first.status, challenge(first.headers)]).toEqual([401, 'Basic realm="Hamkor", charset="UTF-8"']);
	const list = await ask('formList', { ...overTls, ...basic(round.token) });
	expect(list.status).toBe(200);
	expect(list.body).toContain('/key/forms/word.xml</downloadUrl>');
	expect(list.body).not.toContain(round.token);
	expect((await ask('forms/word.xml', { ...overTls, ...basic(round.token) })).body).toBe(round.xform);
	const { headers, body } = multipart([xmlPart(`<data id="word" version="1"><word>a</word><meta><instanceID>uuid:${randomUUID()}</instanceID></meta></data>`)]);
	expect((await exchange(server.base, 'HEAD', '/key/submission', { headers: { ...overTls, ...basic(round.token) } })).status).toBe(204);
	expect((await exchange(server.base, 'POST', '/key/submission', { headers: { ...headers, ...overTls, ...basic(round.token) }, body })).status).toBe(201);
	expect((await exchange(server.base, 'POST', '/key/submission', { headers: { ...headers, ...overTls }, body })).status).toBe(401);
});

it('is taken over TLS alone', async () => {
	expect((await ask('formList', basic(round.token))).status).toBe(403);
});

it.each(['wrong', '', 'x'.repeat(32), 'a:b'])('that is %j is refused', async (password) => {
	expect([401, 403]).toContain((await ask('formList', { ...overTls, ...basic(password) })).status);
});

it.each(['Basic', 'Basic !!!', 'Bearer x', `Basic ${'A'.repeat(5000)}`, 'Digest username="x"'])('in the header %j is asked for anew', async (authorization) => {
	const answer = await ask('formList', { ...overTls, authorization });
	expect([answer.status, challenge(answer.headers) !== undefined]).toEqual([401, true]);
});
