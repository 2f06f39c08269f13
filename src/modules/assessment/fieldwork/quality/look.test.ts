import { expect, it } from 'vitest';
import { layOutRound } from '../../../../../bench/round.ts';
import { owner, useDatabase } from '../../../../../test/database.ts';
import { formOf } from '#modules/assessment/collection/form.server.ts';
import { receive } from '#modules/assessment/collection/intake.server.ts';
import { recheckSome } from '#modules/assessment/collection/recheck.server.ts';
import { lookAtRounds } from './look.server.ts';

useDatabase();

const form = `
| survey   |
|          | type    | name  | label | constraint |
|          | start   | start |       |            |
|          | end     | end   |       |            |
|          | text    | house | House |            |
|          | integer | age   | Age   | . < 120    |
| settings |
|          | form_id | version |
|          | look | 1       |
`;

it('looks at what is new, writes what it finds once, and takes back what is so no more', async () => {
	const round = await layOutRound(owner, { form });
	const { shape } = await formOf(round.versionId);
	await owner.query(`update assessment.round set key_questions = '{/data/house}', shortest_minutes = 5 where id = $1`, [round.roundId]);
	const send = (name: string, house: string, age: string, minutes: number) =>
		receive({ kind: 'token', tokenId: round.tokenId }, { ...round, placeId: null }, shape, {
			xml: Buffer.from(`<data id="look" version="1"><start>2026-01-05T08:00:00Z</start><end>2026-01-05T08:${String(minutes).padStart(2, '0')}:00Z</end><house>${house}</house><age>${age}</age><meta><instanceID>${name}</instanceID></meta></data>`),
			files: []
		});
	const flags = async (): Promise<string[]> =>
		(await owner.query<{ line: string }>(`select s.instance_id || ' ' || f.rule || ' ' || case when f.dismissed_at is null then 'waits' else 'dismissed' end as line from assessment.quality_flag f join assessment.submission s on s.id = f.submission_id order by 1`)).rows.map((row) => row.line);
	await send('one', '12', '30', 20);
	await send('two', '12', '200', 3);
	expect(await lookAtRounds()).toBe(1);
	expect(await lookAtRounds()).toBe(0);
	expect(await flags()).toEqual(['one same-key waits', 'two same-key waits', 'two too-fast waits']);
	// The form's own rules are looked at later, by another job: its findings are taken up.
	await recheckSome();
	expect(await lookAtRounds()).toBe(1);
	expect(await flags()).toEqual(['one same-key waits', 'two constraint waits', 'two same-key waits', 'two too-fast waits']);
	const analyst = await owner.query<{ id: string }>(`insert into network.person (id, display_name) values (gen_random_uuid(), 'a') returning id`);
	await owner.query(`update assessment.quality_flag set dismissed_at = now(), dismissed_by = $1, dismissed_reason = 'looked' where rule = 'too-fast'`, [analyst.rows[0]?.id]);
	await owner.query(`update assessment.submission set review_state = 'rejected' where instance_id = 'one'`);
	await owner.query('insert into assessment.round_look (round_id, programme_id, asked_at) values ($1, $2, clock_timestamp()) on conflict (round_id) do update set asked_at = excluded.asked_at', [round.roundId, round.programmeId]);
	expect(await lookAtRounds()).toBe(1);
	expect(await flags()).toEqual(['one same-key waits', 'two constraint waits', 'two too-fast dismissed']);
	const { rows } = await owner.query('select looked from assessment.round_look where round_id = $1', [round.roundId]);
	expect(rows).toEqual([{ looked: 1 }]);
});
