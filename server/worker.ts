import { Worker } from 'node:worker_threads';
import type pg from 'pg';
import { z } from 'zod';
import { plainConfig } from '#platform/database.server.ts';
import { arrivals, type Arrivals } from '#platform/right-of-way.ts';

/** What the worker's thread is given. */
export type WorkerOrder = { readonly owner: pg.PoolConfig; readonly app: pg.PoolConfig; readonly arrivals: Arrivals };
/** What it says: once, that it takes jobs. */
export const workerReady = z.literal('ready');

export type JobWorker = {
	/** Stops taking jobs, and waits for those under way to end or to hear that they should. */
	stop(): Promise<void>;
};

/**
 * Starts the worker in a thread of its own: whatever a job computes, nobody who fills in a form or opens a page waits for it.
 * @param onLost told when the thread ends by itself
 * @throws what keeps the thread from starting
 */
export async function startWorker(config: { readonly owner: pg.PoolConfig; readonly app: pg.PoolConfig }, onLost: (error: unknown) => void): Promise<JobWorker> {
	const order: WorkerOrder = { owner: plainConfig(config.owner), app: plainConfig(config.app), arrivals: arrivals() };
	const thread = new Worker(new URL('./jobs.worker.ts', import.meta.url), { workerData: order, execArgv: [] });
	let stopping = false;
	const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
	await new Promise<void>((resolve, reject) => {
		thread.once('message', (message: unknown) => resolve(void workerReady.parse(message)));
		thread.once('error', reject);
		thread.once('exit', () => reject(new Error('the worker ended while it started')));
	});
	thread.on('error', onLost);
	thread.once('exit', () => {
		if (!stopping) onLost(new Error('the worker ended by itself'));
	});
	return {
		async stop() {
			stopping = true;
			thread.postMessage('stop');
			await ended;
		}
	};
}
