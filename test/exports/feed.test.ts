import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LaidOut } from '../../bench/round.ts';
import { newToken, tokenHash } from '#modules/assessment/collection/token.server.ts';
import { newId } from '#platform/ids.ts';
import { owner, useDatabase } from '../database.ts';
import { filledXml, layOutExport, newInstance, putXml } from '../exports.ts';
import { exchange, useDoors, type Answer } from '../openrosa/server.ts';

useDatabase();
const doors = useDoors();

async function feedOf(round: LaidOut): Promise<string> {
	const secret = newToken();
	await owner.query(`insert into assessment.answer_feed (id, programme_id, round_id, person_id, label, token_hash, expires_at) values ($1, $2, $3, $4, 'x', $5, now() + interval '1 day')`, [
		newId(), round.programmeId, round.roundId, round.analystId, tokenHash(secret)
	]);
	return secret;
}
const basic = (secret: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(`анализ:${secret}`).toString('base64')}` });
const get = (round: string, path: string, headers: Record<string, string>, method = 'GET'): Promise<Answer> => exchange(doors.base, method, `/odata/forms/${round}.svc${path}`, { headers });
const pageSchema = z.looseObject({ '@odata.context': z.string(), '@odata.count': z.number().optional(), '@odata.nextLink': z.string().optional(), value: z.array(z.looseObject({})) });

describe('the door of feeds', () => {
	it('answers as OData 4.0 asks: service document, model, sets, counts, single entities, next pages', async () => {
		const round = await layOutExport(owner);
		const headers = basic(await feedOf(round));
		const ids = [newInstance(), newInstance(), newInstance()];
		for (const id of ids) await putXml(owner, round, filledXml({ sex: 'f', members: [{ name: 'A' }] }, id));
		const service = await get(round.roundId, '/', headers);
		expect([service.status, service.headers['odata-version'], service.headers['content-type']?.startsWith('application/json')]).toEqual([200, '4.0', true]);
		expect(z.looseObject({ value: z.array(z.looseObject({})) }).parse(JSON.parse(service.body)).value).toEqual([
			{ name: 'Submissions', kind: 'EntitySet', url: 'Submissions' },
			{ name: 'Submissions_member', kind: 'EntitySet', url: 'Submissions.member' },
			{ name: 'Submissions_member_visit', kind: 'EntitySet', url: 'Submissions.member.visit' }
		]);
		const model = await get(round.roundId, '/$metadata', headers);
		expect([model.status, model.headers['content-type'], model.body.includes('<edmx:Edmx Version="4.0"')]).toEqual([200, 'application/xml;charset=utf-8', true]);
		const first = await get(round.roundId, '/Submissions?%24count=true&$filter=sex%20eq%20%27f%27', { ...headers, prefer: 'odata.maxpagesize=2' });
		const page = pageSchema.parse(JSON.parse(first.body));
		expect([page['@odata.count'], page.value.length, page['@odata.context']]).toEqual([3, 2, `${doors.base}/odata/forms/${round.roundId}.svc/$metadata#Submissions`]);
		const next = await exchange('', 'GET', page['@odata.nextLink'] ?? '', { headers: { ...headers, prefer: 'odata.maxpagesize=2' } });
		expect(pageSchema.parse(JSON.parse(next.body)).value.map((each) => each['__id'])).toEqual([ids[2]]);
		expect((await get(round.roundId, '/Submissions.member/$count', headers)).body).toBe('3');
		expect(JSON.parse((await get(round.roundId, `/Submissions('${ids[1] ?? ''}')`, headers)).body)).toMatchObject({ __id: ids[1] });
		expect((await get(round.roundId, `/Submissions('nobody')`, headers)).status).toBe(404);
		expect((await get(round.roundId, '/Submissions', headers, 'HEAD')).body).toBe('');
		const { rows } = await owner.query(`select count(*)::int as n from platform.journal where verb = 'feed.read' and actor_kind = 'feed' and subject_id = $1`, [round.roundId]);
		expect(rows[0]?.n).toBeGreaterThanOrEqual(3);
	});

	it('takes a password without TLS from this machine alone, whatever name it is called by', async () => {
		const round = await layOutExport(owner);
		const headers = basic(await feedOf(round));
		const from = (more: Record<string, string>): Promise<Answer> => get(round.roundId, '/', { ...headers, ...more });
		expect((await from({})).status).toBe(200);
		const elsewhere = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'localhost' };
		expect((await from({ ...elsewhere, 'x-forwarded-proto': 'http' })).status).toBe(403);
		// What a stranger claims of TLS is no TLS.
		expect((await from({ ...elsewhere, 'x-forwarded-proto': 'https' })).status).toBe(403);
	});

	it.each([
		['/Submissions?$search=x', 501, 'odata.not-supported'], ['/Submissions?$filter=length(sex) eq 1'.replaceAll(' ', '%20'), 501, 'odata.not-supported'], ['/Submissions?$filter=nothing%20eq%201', 400, 'odata.unknown-property'],
		['/Submissions?$top=x', 400, 'odata.malformed'], ['/Submissions?$skip=1000001', 400, 'odata.malformed'], ['/Nothing', 404, 'odata.no-such-set'], ['/$batch', 501, 'odata.not-supported'], ['/Submissions/__id', 404, 'odata.no-such-set'], ['/%E0%A4%A', 404, 'odata.no-such-set']
	])('answers %s with %i in its own form', async (path, status, code) => {
		const round = await layOutExport(owner);
		const answer = await get(round.roundId, path, basic(await feedOf(round)));
		expect([answer.status, answer.headers['odata-version']]).toEqual([status, '4.0']);
		expect(JSON.parse(answer.body)).toMatchObject({ error: { code } });
	});

	it('asks for a password, takes no other, and lets nobody write', async () => {
		const [round, other] = [await layOutExport(owner), await layOutExport(owner)];
		const secret = await feedOf(round);
		const none = await get(round.roundId, '/', {});
		expect([none.status, none.headers['www-authenticate']]).toEqual([401, 'Basic realm="Hamkor", charset="UTF-8"']);
		expect((await get(round.roundId, '/', basic(newToken()))).status).toBe(401);
		expect((await get(other.roundId, '/Submissions', basic(secret))).status).toBe(401);
		expect((await get(round.roundId, '/Submissions', basic(secret), 'POST')).status).toBe(405);
		await owner.query('update assessment.answer_feed set revoked_at = now() where token_hash = $1', [tokenHash(secret)]);
		expect((await get(round.roundId, '/Submissions', basic(secret))).status).toBe(401);
	});
});
