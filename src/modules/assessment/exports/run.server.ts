import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { appConfig } from '#platform/database.server.ts';
import { Problem, problem, type Facts } from '#platform/problem.ts';
import { arrivals } from '#platform/right-of-way.ts';
import { settings } from '#platform/settings.ts';
import { workerEnvironment } from '#platform/worker-environment.ts';
import type { ExportOrder } from './order.ts';
import type { Counted } from './read.server.ts';

/** What the writing thread says. */
export type FromWriter =
	| { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
	| { readonly kind: 'progress'; readonly share: number }
	| { readonly kind: 'done'; readonly counted: Counted }
	| { readonly kind: 'problem'; readonly code: string; readonly status: number; readonly facts: Facts }
	| { readonly kind: 'failed'; readonly message: string };
/** What it is told: that so many bytes have been fetched, or that nobody wants more. */
export type ToWriter = { readonly kind: 'fetched'; readonly bytes: number } | { readonly kind: 'stop' };

/** Megabytes of JavaScript memory that a writing thread may use, however much it writes. */
const megabytes = 256;
/** Downloads that are written at once; a job waits in its queue. */
const mostAtOnce = 3;
/** Milliseconds that a thread has to give back its connections when nobody wants more. After that it is ended where it stands. */
const partingTime = 3000;
let downloads = 0;

/** An export that is being written. */
export type RunningExport = {
	/** The bytes as they come. Leaving the loop ends the writing and leaves nothing behind. */
	readonly pieces: AsyncGenerator<Uint8Array<ArrayBuffer>, Counted>;
	/** How much of it is read, 0 to 1. */
	share(): number;
};

/**
 * Writes an export in a thread of its own with its own connections, so that nobody else's request waits for it; the thread waits
 * when its bytes are not fetched. Returns when the first bytes are there.
 * @throws Problem what {@link deliver} throws, `export.busy` (503) for a download when too many are under way
 */
export async function runExport(order: ExportOrder): Promise<RunningExport> {
	const counts = order.jobId === null;
	if (counts && downloads >= mostAtOnce) throw problem('export.busy', 503);
	if (counts) downloads += 1;
	const writer = new Writer(order, () => {
		if (counts) downloads -= 1;
	});
	try {
		await writer.begun();
	} catch (thrown) {
		await writer.stop();
		throw thrown;
	}
	return { pieces: writer.pieces(), share: () => writer.share };
}

class Writer {
	share = 0;
	readonly #worker: Worker;
	readonly #came: FromWriter[] = [];
	readonly #ended: () => void;
	readonly #exited: Promise<void>;
	#wake: (() => void) | undefined;
	#stopped = false;

	constructor(order: ExportOrder, ended: () => void) {
		this.#ended = ended;
		this.#worker = new Worker(createRequire(import.meta.url).resolve('#modules/assessment/exports/export.worker.ts'), {
			workerData: { config: appConfig(), arrivals: arrivals(), order },
			execArgv: [],
			env: { ...workerEnvironment(), HAMKOR_DATA: settings().HAMKOR_DATA },
			resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32 }
		});
		this.#worker.on('message', (message: FromWriter) => {
			if (message.kind === 'progress') this.share = message.share;
			else this.#push(message);
		});
		this.#worker.on('error', (error) => this.#push({ kind: 'failed', message: error.message }));
		this.#exited = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
		void this.#exited.then(() => this.#push({ kind: 'failed', message: 'the writing thread ended' }));
	}

	async begun(): Promise<void> {
		const first = await this.#next();
		if (first.kind === 'problem' || first.kind === 'failed') throw this.#thrown(first);
		this.#came.unshift(first);
	}

	async *pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>, Counted> {
		try {
			for (;;) {
				const message = await this.#next();
				if (message.kind === 'done') return message.counted;
				if (message.kind !== 'bytes') throw this.#thrown(message);
				const { length } = message.bytes;
				yield message.bytes;
				this.#tell({ kind: 'fetched', bytes: length });
			}
		} finally {
			await this.stop();
		}
	}

	async stop(): Promise<void> {
		if (this.#stopped) return;
		this.#stopped = true;
		this.#tell({ kind: 'stop' });
		let late: NodeJS.Timeout | undefined;
		await Promise.race([this.#exited, new Promise((resolve) => (late = setTimeout(resolve, partingTime)))]);
		clearTimeout(late);
		await this.#worker.terminate();
		this.#ended();
	}

	#tell(told: ToWriter): void {
		this.#worker.postMessage(told);
	}

	#push(message: FromWriter): void {
		this.#came.push(message);
		this.#wake?.();
	}

	async #next(): Promise<FromWriter> {
		for (;;) {
			const message = this.#came.shift();
			if (message !== undefined) return message;
			await new Promise<void>((resolve) => (this.#wake = resolve));
		}
	}

	#thrown(message: FromWriter): Error {
		if (message.kind === 'problem') return new Problem(message.code, message.status, message.facts);
		return new Error(message.kind === 'failed' ? `an export failed: ${message.message}` : 'an export said what nobody asked');
	}
}
