import fc from 'fast-check';
import { expect, it } from 'vitest';
import { useDatabase } from '../../../../test/database.ts';
import { layOutRound } from '../../../../bench/round.ts';
import { owner } from '../../../../test/database.ts';
import { newId } from '#platform/ids.ts';
import { sentRefusal } from './filling-answer.server.ts';
import { receiveRefusal } from './refusal.server.ts';

useDatabase();

const form = '| survey |\n| | type | name | label |\n| | text | a | A |\n| settings |\n| | form_id | version |\n| | r | 1 |\n';
const today = new Date().toISOString().slice(0, 10);
const told = async (roundId: string) => (await owner.query('select during, declined_on::text as on, person_id, place_id from assessment.refusal where round_id = $1', [roundId])).rows;

it('counts a refusal once, however often it is told and by how many at once', async () => {
	const round = await layOutRound(owner, { form });
	const sender = { kind: 'token' as const, tokenId: round.tokenId };
	const said = { id: newId(), during: false, on: today };
	await Promise.all(Array.from({ length: 8 }, () => receiveRefusal(sender, { ...round, placeId: null }, said)));
	expect(await told(round.roundId)).toEqual([{ during: false, on: today, person_id: null, place_id: null }]);
	const { rows } = await owner.query("select count(*) from platform.journal where verb = 'refusal.receive' and subject_id = $1", [said.id]);
	expect(rows).toEqual([{ count: '1' }]);
});

it('believes no day that cannot be', async () => {
	const round = await layOutRound(owner, { form });
	const sender = { kind: 'token' as const, tokenId: round.tokenId };
	for (const on of ['1970-01-01', '2999-12-31']) await receiveRefusal(sender, { ...round, placeId: null }, { id: newId(), during: true, on });
	expect((await told(round.roundId)).map((row) => row.on)).toEqual([today, today]);
});

it('is not for another round than the link\'s own, and not for one that is closed', async () => {
	const [one, other] = [await layOutRound(owner, { form }), await layOutRound(owner, { form })];
	const sender = { kind: 'token' as const, tokenId: one.tokenId };
	await expect(receiveRefusal(sender, { ...other, placeId: null }, { id: newId(), during: false, on: today })).rejects.toMatchObject({ code: 'collection.round-closed' });
	await owner.query("update assessment.round set state = 'closed' where id = $1", [one.roundId]);
	await expect(receiveRefusal(sender, { ...one, placeId: null }, { id: newId(), during: false, on: today })).rejects.toMatchObject({ code: 'collection.round-closed' });
	expect([...(await told(one.roundId)), ...(await told(other.roundId))]).toEqual([]);
});

it('is known again by the phone that lost our answer, after the round was closed too, and by no other', async () => {
	const round = await layOutRound(owner, { form });
	const sender = { kind: 'token' as const, tokenId: round.tokenId };
	const said = { id: newId(), during: false, on: today };
	await receiveRefusal(sender, { ...round, placeId: null }, said);
	await owner.query("update assessment.round set state = 'closed' where id = $1", [round.roundId]);
	await receiveRefusal(sender, { ...round, placeId: null }, said);
	const other = await layOutRound(owner, { form });
	await expect(receiveRefusal({ kind: 'token', tokenId: other.tokenId }, { ...round, placeId: null }, said)).rejects.toMatchObject({ code: 'collection.round-closed' });
	expect(await told(round.roundId)).toHaveLength(1);
});

it('does not come from a person without a role there', async () => {
	const [one, other] = [await layOutRound(owner, { form }), await layOutRound(owner, { form })];
	const said = { id: newId(), during: false, on: today };
	await expect(receiveRefusal({ kind: 'person', personId: other.analystId }, { ...one, placeId: null }, said)).rejects.toMatchObject({ code: 'not-permitted' });
	await receiveRefusal({ kind: 'person', personId: one.analystId }, { ...one, placeId: null }, said);
	expect(await told(one.roundId)).toHaveLength(1);
});

it('stops at ten thousand a link', async () => {
	const round = await layOutRound(owner, { form });
	await owner.query('alter table assessment.refusal disable trigger hold_refusals');
	await owner.query(
		"insert into assessment.refusal (id, programme_id, round_id, token_id, during, declined_on) select gen_random_uuid(), $1, $2, $3, false, '2026-01-01' from generate_series(1, 10000)",
		[round.programmeId, round.roundId, round.tokenId]
	);
	await owner.query('alter table assessment.refusal enable trigger hold_refusals');
	await expect(receiveRefusal({ kind: 'token', tokenId: round.tokenId }, { ...round, placeId: null }, { id: newId(), during: false, on: today })).rejects.toMatchObject({ code: 'collection.link-full' });
});

it('says nothing about a person, whatever is sent along', async () => {
	const ask = (body: string) => sentRefusal(new Request('http://x/', { method: 'POST', body }));
	await expect(ask(JSON.stringify({ id: newId(), during: 'no', on: today, name: 'Dilnoza' }))).rejects.toMatchObject({ code: 'form-unreadable' });
	await fc.assert(fc.asyncProperty(fc.string({ maxLength: 2000 }), async (body) => {
		await expect(ask(body)).rejects.toMatchObject({ code: 'form-unreadable', status: 400 });
	}));
});
