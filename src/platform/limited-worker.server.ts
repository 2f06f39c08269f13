import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { workerEnvironment } from './worker-environment.ts';

/** What a piece of untrusted work may use before it is stopped. */
export type WorkLimits = { readonly megabytes: number; readonly seconds: number };

/** The work outgrew its memory or its time, or died. */
export class WorkStopped extends Error {
	readonly reason: 'memory' | 'time' | 'died';

	constructor(reason: 'memory' | 'time' | 'died', cause?: unknown) {
		// Said in the message as well: the queue logs no causes.
		super(`work was stopped: ${reason}${cause instanceof Error ? ` (${cause.message})` : ''}`, { cause });
		this.name = 'WorkStopped';
		this.reason = reason;
	}
}

const resolve = createRequire(import.meta.url).resolve;

/**
 * Runs a worker file over some data in a thread of its own, with limits on memory and time, and hands over the one
 * message it posts. What a hostile file does to it does not reach the server.
 *
 * @param specifier the worker as a subpath import (`#platform/spreadsheet.worker.ts`): the built pages and the source
 *   find the same file
 * @param signal ends the thread when it fires
 * @throws WorkStopped when the limits are reached; the signal's reason when it has fired
 */
export function inLimitedWorker(specifier: string, data: unknown, limits: WorkLimits, signal?: AbortSignal): Promise<unknown> {
	return new Promise((done, fail) => {
		signal?.throwIfAborted();
		const worker = new Worker(resolve(specifier), {
			workerData: data,
			execArgv: [],
			env: workerEnvironment(),
			stdout: true,
			stderr: true,
			resourceLimits: { maxOldGenerationSizeMb: limits.megabytes, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 }
		});
		let settled = false;
		const settle = (end: () => void): void => {
			if (settled) return;
			settled = true;
			clearTimeout(timer);
			signal?.removeEventListener('abort', abandon);
			end();
			worker.terminate().catch(() => {});
		};
		const abandon = (): void => settle(() => fail(signal?.reason));
		signal?.addEventListener('abort', abandon);
		const timer = setTimeout(() => settle(() => fail(new WorkStopped('time'))), limits.seconds * 1000);
		worker.once('message', (message: unknown) => settle(() => done(message)));
		worker.once('error', (cause: Error & { code?: string }) =>
			settle(() => fail(new WorkStopped(cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'died', cause)))
		);
		worker.once('exit', () => settle(() => fail(new WorkStopped('died'))));
	});
}
