import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { closeDatabase, openDatabase } from '#platform/database.server.ts';
import { Problem } from '#platform/problem.ts';
import { shareArrivals, stepAside, type Arrivals } from '#platform/right-of-way.ts';
import { deliver } from './deliver.server.ts';
import type { ExportOrder } from './order.ts';
import type { FromWriter, ToWriter } from './run.server.ts';

/** Bytes on their way that nobody has fetched yet, beyond which the thread waits. */
const mostWaiting = 2 * 1024 * 1024;

const given = z
	.object({
		config: z.record(z.string(), z.unknown()),
		arrivals: z.custom<Arrivals>((value) => value instanceof Int32Array),
		order: z.custom<ExportOrder>((value) => typeof value === 'object' && value !== null)
	})
	.parse(workerData);
const port = parentPort;
if (!port) throw new Error('this file is run as a thread');

stepAside();
shareArrivals(given.arrivals);

let waiting = 0;
let go: (() => void) | undefined;
const unwanted = new AbortController();
port.on('message', (told: ToWriter) => {
	if (told.kind === 'stop') unwanted.abort();
	else waiting -= told.bytes;
	if (waiting <= mostWaiting || unwanted.signal.aborted) go?.();
});
const say = (message: FromWriter, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

async function send(piece: Uint8Array): Promise<void> {
	unwanted.signal.throwIfAborted();
	if (piece.length === 0) return;
	// In memory of its own, which changes hands without being copied.
	const bytes = new Uint8Array(piece.length);
	bytes.set(piece);
	waiting += bytes.length;
	say({ kind: 'bytes', bytes }, [bytes.buffer]);
	if (waiting > mostWaiting) await new Promise<void>((resolve) => (go = resolve));
}

openDatabase({ ...given.config, max: 2 });
try {
	const counted = await deliver(given.order, send, async (share) => {
		unwanted.signal.throwIfAborted();
		say({ kind: 'progress', share });
	});
	say({ kind: 'done', counted });
} catch (thrown) {
	if (thrown instanceof Problem) say({ kind: 'problem', code: thrown.code, status: thrown.status, facts: thrown.facts });
	else say({ kind: 'failed', message: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'unknown' });
} finally {
	await closeDatabase();
	port.close();
}
