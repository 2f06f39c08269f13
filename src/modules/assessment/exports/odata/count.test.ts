import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { owner, useDatabase } from '../../../../../test/database.ts';
import { filledXml, layOutExport, makeFeed, newInstance, putXml } from '../../../../../test/exports.ts';
import { packRound } from '#modules/assessment/figures/blocks.server.ts';
import { inTransaction } from '#platform/database.server.ts';
import { openFeed } from './feed.server.ts';
import { FeedReading } from './read.server.ts';

useDatabase();

describe('the number of answers', () => {
	it('is the same from what is packed as row by row, after changes, rejections and erasures', async () => {
		const round = await layOutExport(owner);
		const feed = await makeFeed(owner, round);
		for (let n = 0; n < 30; n++) await putXml(owner, round, filledXml({ note_text: `n${n}` }, newInstance()));
		const counted = () =>
			inTransaction({ kind: 'feed', feedId: feed.id }, async (tx) => {
				const opened = await openFeed(tx, feed.id, null, 'en');
				const [all] = opened.model.sets;
				if (!all) throw new Error('a feed without submissions');
				const reading = new FeedReading(tx, opened);
				const { rows } = await sql<{ moment: string; n: number }>`select to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as moment, count(*) over (order by received_at)::int as n
					from assessment.submission where round_id = ${round.roundId} order by received_at`.execute(tx);
				expect(rows.length).toBe(await reading.count(all, { filter: null }));
				// Also as of moments in the middle of a block.
				for (const row of [rows[0], rows[9], rows.at(-2)]) if (row) expect(await reading.count(all, { filter: null }, row.moment)).toBe(row.n);
				return rows.length;
			});
		expect(await counted()).toBe(30);
		await packRound(round.roundId);
		expect(await counted()).toBe(30);
		const { rows: ids } = await owner.query<{ id: string }>('select id from assessment.submission where round_id = $1 order by id', [round.roundId]);
		await owner.query(`update assessment.submission set review_state = 'rejected' where id = any($1)`, [ids.slice(0, 3).map((row) => row.id)]);
		await owner.query('delete from assessment.submission where id = $1', [ids[5]?.id]);
		for (let n = 0; n < 4; n++) await putXml(owner, round, filledXml({ note_text: `later${n}` }, newInstance()));
		expect(await counted()).toBe(30);
		await packRound(round.roundId);
		expect(await counted()).toBe(30);
	});
});
