import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { system } from '#platform/actor.ts';
import { asActor, type Tx } from '#platform/database.server.ts';
import { stateOfGaps, threadOf } from '#thread/queries.server.ts';
import { rolledBack, useDatabase } from '../database.ts';
import { makeWorld, type World } from '../personas.ts';
import { makeThread, settle } from './whole.ts';

useDatabase();

const clock = { today: '2026-11-23', stalledAfterDays: 30 };

/** Counts the statements that a transaction sends while `work` runs. */
async function statements(tx: Tx, work: (tx: Tx) => Promise<unknown>): Promise<number> {
	let count = 0;
	const counting = tx.withPlugin({
		transformQuery: ({ node }) => {
			count++;
			return node;
		},
		transformResult: async ({ result }) => result
	});
	await work(counting);
	return count;
}

/** Many gaps with a training each, below a finding that stands. */
async function manyGaps(tx: Tx, world: World, findingId: string, gaps: number): Promise<void> {
	const { programmeId, organisations } = world;
	await sql`insert into gaps.gap (id, programme_id, number, title, barrier, state, opened_at)
		select gen_random_uuid(), ${programmeId}::uuid, 1000 + i, '{"uz":"Kamchilik"}', 'law', 'open', now() - i * interval '1 day' from generate_series(1, ${gaps}::int) i`.execute(tx);
	await sql`insert into gaps.gap_finding (programme_id, gap_id, finding_id) select ${programmeId}::uuid, id, ${findingId}::uuid from gaps.gap where number > 1000`.execute(tx);
	await sql`insert into training.training (id, programme_id, number, title, owner_id, starts_on, ends_on, state)
		select gen_random_uuid(), programme_id, number, title, ${organisations.cso}::uuid, '2026-01-01', '2026-02-01', 'planned' from gaps.gap where number > 1000`.execute(tx);
	await sql`insert into training.training_gap (programme_id, training_id, gap_id)
		select ${programmeId}::uuid, t.id, g.id from training.training t join gaps.gap g using (number) where number > 1000`.execute(tx);
	await settle(tx);
}

describe('statements', () => {
	it('do not grow with the number of gaps: the cockpit asks one, a thread page two', async () => {
		await rolledBack(system('first-run'), async (tx) => {
			const world = await makeWorld(tx);
			const whole = await makeThread(tx, world);
			await asActor(tx, world.person.coordinator, async () => {
				const ask = async (): Promise<number[]> => [
					await statements(tx, (counted) => stateOfGaps(counted, world.programmeId, clock)),
					await statements(tx, (counted) => threadOf(counted, world.programmeId, whole.change))
				];
				const few = await ask();
				await manyGaps(tx, world, whole.findingId, 200);
				expect(await ask()).toEqual(few);
				expect(few[0]).toBe(1);
				expect(few[1]).toBeLessThanOrEqual(2);
				expect(await stateOfGaps(tx, world.programmeId, clock)).toHaveLength(201);
			});
		});
	});
});
