import { parentPort, workerData } from 'node:worker_threads';
import { Logger, run, type Runner } from 'graphile-worker';
import { z } from 'zod';
import { closeDatabase, openDatabase, poolOf } from '#platform/database.server.ts';
import { runTask } from '#platform/jobs.server.ts';
import { log } from '#platform/log.server.ts';
import { shareArrivals, stepAside } from '#platform/right-of-way.ts';
import { takeBackJobs } from '#server/orphaned-jobs.ts';
import { tasks } from '#server/tasks.ts';
import type { WorkerOrder } from '#server/worker.ts';

/** Jobs at once, and connections of theirs. */
const concurrency = 2;
const connections = 6;

/** The queue's own words: its warnings and errors go into our log, the rest is everyday. */
const queueLog = new Logger(() => (level, message) => {
	if (level === 'error' || level === 'warning') log().warn({ queue: level }, message);
});

const port = parentPort;
if (!port) throw new Error('this file is run as a thread');
const order = z.custom<WorkerOrder>((value) => typeof value === 'object' && value !== null).parse(workerData);
stepAside();
shareArrivals(order.arrivals);
openDatabase({ ...order.app, max: connections });

// The queue's tables belong to the migrator, so the queue has a connection of that role for itself; what a job does to records
// goes through the application's pool, under row security like everything else.
const pool = poolOf({ ...order.owner, max: concurrency + 3 });

const letGo = await takeBackJobs(pool);
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

port.once('message', () => {
	stopping.abort();
	void runner
		.stop()
		.catch((error: unknown) => log().warn({ err: error }, 'the worker did not stop in order'))
		.then(letGo)
		.then(() => Promise.all([pool.end(), closeDatabase()]))
		.finally(() => port.close());
});
port.postMessage('ready');
