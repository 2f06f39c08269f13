import { Logger, run, type Runner } from 'graphile-worker';
import pg from 'pg';
import { runTask } from '#platform/jobs.server.ts';
import { log } from '#platform/log.server.ts';
import { tasks } from '#server/tasks.ts';

export type JobWorker = {
	/** Stops taking jobs, and waits for those under way to end or to hear that they should. */
	stop(): Promise<void>;
};

/** The queue's own words: its warnings and errors go into our log, the rest is everyday. */
const queueLog = new Logger(() => (level, message) => {
	if (level === 'error' || level === 'warning') log().warn({ queue: level }, message);
});

/**
 * Starts the worker. The queue's tables belong to the migrator, so the worker has a connection of that role for the queue
 * alone; what a job does to records goes through the application's pool, under row security like everything else.
 */
export async function startWorker(owner: pg.PoolConfig, concurrency = 2): Promise<JobWorker> {
	const pool = new pg.Pool({ ...owner, max: concurrency + 2 });
	pool.on('error', () => {});
	pool.on('connect', (client) => client.on('error', () => {}));
	const stopping = new AbortController();
	const runner: Runner = await run({
		pgPool: pool,
		concurrency,
		noHandleSignals: true,
		pollInterval: 1000,
		logger: queueLog,
		crontab: tasks.flatMap((task) => (task.cron === undefined ? [] : [`${task.cron} ${task.name}`])).join('\n'),
		taskList: Object.fromEntries(
			tasks.map((task) => [
				task.name,
				async (payload, { job }) => {
					await runTask(task, payload, { last: job.attempts >= job.max_attempts, signal: stopping.signal });
				}
			])
		)
	});
	return {
		async stop() {
			stopping.abort();
			await runner.stop().catch((error: unknown) => log().warn({ err: error }, 'the worker did not stop in order'));
			await pool.end();
		}
	};
}
