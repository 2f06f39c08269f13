import type pg from 'pg';
import { z } from 'zod';

/** Names the lock of the database that every worker shares while it lives. */
const alive = [7_271_008, 1];
/** How often, half a second apart, it is asked whether the others have gone: the database notices a killed program a moment later. */
const asks = 6;

const asked = z.tuple([z.object({ alone: z.boolean(), queue: z.boolean() })]);

/**
 * Gives back to the queue what a killed worker had begun; by itself the queue would wait for four hours. It does so when no other
 * worker is alive, for of several nobody can tell whose job is still being done.
 * @param pool of the queue's own role; a connection of it is held as a sign of life
 * @returns ends that sign
 */
export async function takeBackJobs(pool: pg.Pool): Promise<() => void> {
	const client = await pool.connect();
	for (let left = asks; left > 0; left -= 1) {
		const { rows } = await client.query(`select pg_try_advisory_lock($1, $2) as alone, to_regclass('graphile_worker._private_jobs') is not null as queue`, alive);
		const [{ alone, queue }] = asked.parse(rows);
		if (alone) {
			if (queue) await client.query('select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker._private_jobs where locked_by is not null))');
			await client.query('select pg_advisory_unlock($1, $2)', alive);
			break;
		}
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	await client.query('select pg_advisory_lock_shared($1, $2)', alive);
	return () => client.release(true);
}
