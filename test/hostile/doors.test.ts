import { connect } from 'node:net';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { newToken, tokenHash } from '#modules/assessment/collection/token.server.ts';
import { newId } from '#platform/ids.ts';
import { localeFacts, locales } from '#platform/locales.ts';
import { problemText } from '#platform/problem-text.ts';
import { owner, useDatabase } from '../database.ts';
import { deep } from '../deep.ts';
import { exchange, multipart, useDoors, xmlPart, type Answer } from '../openrosa/server.ts';

useDatabase();
const server = useDoors();

const form = `
| survey |
| | type | name | label |
| | text | place | Qayerda? |
| | integer | age | Yosh |
| settings |
| | form_id | form_title | version |
| | doors | Doors | 1 |
`;
let round: LaidOut;
let secret: string;
beforeAll(async () => {
	round = await layOutRound(owner, { form });
	secret = newToken();
	await owner.query(`insert into assessment.answer_feed (id, programme_id, round_id, person_id, label, token_hash, expires_at) values ($1, $2, $3, $4, 'x', $5, now() + interval '1 day')`, [
		newId(), round.programmeId, round.roundId, round.analystId, tokenHash(secret)
	]);
});

const basic = (password: string): string => `Basic ${Buffer.from(`x:${password}`).toString('base64')}`;

/** An answer that is fit to be given: no fault, no word of the inside, and the headers that every answer has. */
function fit({ status, headers, body }: Answer, about: string): void {
	expect(status, `${about}: ${body.slice(0, 300)}`).toBeLessThan(status === 501 ? 502 : 500);
	expect(body, about).not.toMatch(/node_modules|\.server\.ts|at async|relation "|syntax error/);
	expect(headers['content-security-policy'], about).toContain("default-src 'none'");
	expect(headers['x-content-type-options'], about).toBe('nosniff');
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'M-SEARCH'];
const segments = ['%00', '%ff', '%C0%80', '%', '%zz', "'", "''", '..', '%2e%2e%2f', 'a'.repeat(3000), '%F0%9F%92%A5', '$', '(', "('')", "('%00')", "Submissions('%00')", '__proto__', '%E2%80%AE', '-1', 'null'];
const queries = ['', '?', '?%00=%00', '?formID=%00', '?locale=%00', '?$filter=%00', "?$filter=age%20eq%20'%00'", '?$top=-1', '?$skip=99999999999999999999', '?$skiptoken=%00', '?$orderby=%ff', `?$filter=${'('.repeat(900)}`, '?$select=__proto__', "?$filter=contains(place,'%00')", '?labels=%00', '?$expand=x'];

/** Addresses of every door, as they are meant and with each of their parts put wrong. */
function addresses(): string[] {
	const meant = ['/health', '/ready', `/key/${round.token}/formList`, `/key/${round.token}/submission`, `/c/${round.token}/submission`, '/key/formList', '/key/submission', `/odata/forms/${round.roundId}.svc`, `/odata/forms/${round.roundId}.svc/$metadata`, `/odata/forms/${round.roundId}.svc/Submissions`, `/odata/forms/${round.roundId}.svc/Submissions/$count`];
	const wrong = segments.flatMap((segment) => [`/key/${segment}/formList`, `/key/${round.token}/${segment}`, `/key/${round.token}/forms/${segment}.xml`, `/key/${round.token}/forms/${segment}/manifest`, `/c/${segment}/submission`, `/odata/forms/${segment}.svc/Submissions`, `/odata/forms/${round.roundId}.svc/${segment}`, `/odata/forms/${round.roundId}.svc/Submissions(${segment})`]);
	return [...meant, ...wrong];
}

describe('every door', () => {
	it('answers every method at every address, meant or not, without a fault', { timeout: 600_000 }, async () => {
		const all = addresses();
		let refused = 0;
		for (const [n, path] of all.entries()) {
			const chosen = deep ? methods : [methods[n % methods.length] ?? 'GET', 'GET'];
			for (const method of chosen) {
				const answer = await exchange(server.base, method, path, { headers: { authorization: basic(secret) } });
				fit(answer, `${method} ${path.slice(0, 200)}`);
				if (method === 'HEAD') expect(answer.body).toBe('');
				if (answer.status === 405) expect(answer.headers.allow, `${method} ${path}`).toMatch(/GET|POST/);
				if (answer.status >= 400) refused++;
			}
		}
		expect(refused).toBeGreaterThan(all.length / 2);
	});

	it('bears whatever stands behind the question mark', { timeout: 600_000 }, async () => {
		for (const path of [`/key/${round.token}/formList`, `/odata/forms/${round.roundId}.svc/Submissions`, `/odata/forms/${round.roundId}.svc/Submissions/$count`, `/odata/forms/${round.roundId}.svc`]) {
			for (const query of queries) fit(await exchange(server.base, 'GET', path + query, { headers: { authorization: basic(secret) } }), `${path}${query.slice(0, 80)}`);
		}
	});

	it('bears any password, header and body', { timeout: 600_000 }, async () => {
		const word = fc.oneof(fc.constantFrom('', 'Basic', 'Basic =', 'Basic AA==', 'Bearer x', `Basic ${'A'.repeat(500)}`, 'multipart/form-data', 'multipart/form-data; boundary=', 'text/xml', 'application/json', 'gzip, br', '*/*', '-1', '0', 'chunked'), fc.string({ unit: 'grapheme-ascii', maxLength: 60 }).map((text) => text.replace(/[^\x20-\x7e]/g, '')));
		const asked = fc.record({
			path: fc.nat(), method: fc.constantFrom(...methods.filter((method) => method !== 'HEAD')),
			authorization: word, contentType: word, acceptLanguage: word, range: word, ifNoneMatch: word,
			body: fc.oneof(fc.constant(''), fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('latin1')), fc.constantFrom('<', '<data/>', '<!DOCTYPE x [<!ENTITY a "b">]><data>&a;</data>', '\u0000', '{', '[]'))
		});
		const all = addresses().filter((path) => path.length < 200);
		await fc.assert(
			fc.asyncProperty(asked, async ({ path, method, authorization, contentType, acceptLanguage, range, ifNoneMatch, body }) => {
				const at = all[path % all.length] ?? '/health';
				const headers = { authorization, 'content-type': contentType, 'accept-language': acceptLanguage, range, 'if-none-match': ifNoneMatch, 'content-length': String(Buffer.byteLength(body)) };
				fit(await exchange(server.base, method, at, { headers, body }), `${method} ${at} ${JSON.stringify(headers)}`);
			}),
			{ numRuns: deep ? 3000 : 150, endOnFailure: true }
		);
	});

	it('refuses a submission that no form could be, and keeps nothing of it', { timeout: 600_000 }, async () => {
		const count = async (): Promise<unknown> => (await owner.query('select count(*) from assessment.submission')).rows[0];
		const before = await count();
		const inside = fc.oneof(fc.constantFrom('\u0000', '&#0;', '&#xFFFF;', '<place>\u0000</place>', '<place>'.repeat(400), '<meta><instanceID>uuid:\u0000</instanceID></meta>', '<x:place/>', '<place xmlns="y"/>', ']]>', '<![CDATA[', '<?php ?>', '<!--'), fc.string({ maxLength: 80 }));
		await fc.assert(
			fc.asyncProperty(inside, fc.constantFrom('doors', 'none', '', "'"), async (text, id) => {
				const xml = `<data id="${id}" version="1">${text}<meta></meta></data>`;
				const { headers, body } = multipart([xmlPart(xml)]);
				const answer = await exchange(server.base, 'POST', `/key/${round.token}/submission`, { headers, body });
				fit(answer, xml.slice(0, 200));
				expect(answer.status, xml.slice(0, 200)).toBeGreaterThanOrEqual(400);
				expect(answer.body).toContain('<OpenRosaResponse');
			}),
			{ numRuns: deep ? 1500 : 80, endOnFailure: true }
		);
		expect(await count()).toEqual(before);
	});
});

describe('what reaches neither a page nor a door', () => {
	const kinds = [
		{ of: 'an address that is too long', status: 414, code: 'address-too-long', headers: {}, path: `/${'a'.repeat(5000)}` },
		{ of: 'an address that cannot be read', status: 400, code: 'address-unreadable', headers: {}, path: '//evil.example' },
		{ of: 'a name that is not ours', status: 421, code: 'foreign-name', headers: { host: 'evil.example' }, path: '/' },
		{ of: 'a form of another site', status: 403, code: 'foreign-form', headers: { origin: 'https://evil.example' }, path: '/', method: 'POST' }
	] as const;
	describe.each(kinds)('$of', ({ status, code, headers, path, ...more }) => {
		it.each(locales)('is refused in %s: to a person as a page, to a machine as a problem, to HEAD without a body', async (locale) => {
			const method = 'method' in more ? more.method : 'GET';
			const language = { ...headers, 'accept-language': localeFacts[locale].lang };
			const sentence = problemText(code, {}, locale);
			const page = await exchange(server.base, method, path, { headers: { ...language, accept: 'text/html' } });
			fit(page, code);
			expect(page.status).toBe(status);
			expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
			expect(page.body.replaceAll('&amp;', '&').replaceAll('&lt;', '<')).toContain(sentence);
			expect(page.body).toContain(`lang="${localeFacts[locale].lang}"`);
			const machine = await exchange(server.base, method, path, { headers: { ...language, accept: 'application/json' } });
			expect(machine.headers['content-type']).toBe('application/problem+json');
			expect(JSON.parse(machine.body)).toEqual({ type: 'about:blank', title: code, status, detail: sentence });
			if (method === 'GET') expect(await exchange(server.base, 'HEAD', path, { headers: language })).toMatchObject({ status, body: '' });
		});
	});

	it.each([
		['headers that are too large', `GET / HTTP/1.1\r\nHost: localhost\r\nCookie: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
		['no HTTP at all', 'hello\r\n\r\n', 400],
		['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
		['a length and chunks', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
		['NUL in a header', 'GET / HTTP/1.1\r\nHost: local\u0000host\r\n\r\n', 400]
	])('says of %s in every language that it could not be read', async (_, bytes, status) => {
		const answer = await raw(Number(new URL(server.base).port), bytes);
		expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
		for (const locale of locales) expect(answer).toContain(problemText('request-unreadable', {}, locale));
		expect(answer).toContain("default-src 'none'");
		expect(answer).toContain('nosniff');
	});
});

/** Sends bytes as they are and answers with all that comes back. */
const raw = (port: number, text: string): Promise<string> =>
	new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
		let answer = '';
		socket.setEncoding('utf8').on('data', (more: string) => (answer += more));
		socket.once('close', () => resolve(answer));
		socket.once('error', reject);
	});
