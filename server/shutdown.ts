import type { Server } from 'node:http';
import { log } from '#platform/log.server.ts';
import { announceStop } from '#server/health.ts';

/**
 * Stops accepting, lets the requests under way finish, and breaks off what is not done after `patience` milliseconds.
 * Connections that are kept open without a request are closed at once.
 */
export async function closeServer(server: Server, patience: number): Promise<void> {
	announceStop();
	const closed = new Promise<void>((resolve) => server.close(() => resolve()));
	server.closeIdleConnections();
	// A connection that finishes its request now becomes idle after that, so look again.
	const sweep = setInterval(() => server.closeIdleConnections(), 100);
	const late = setTimeout(() => {
		log().warn('requests were broken off: they took longer than HAMKOR_SHUTDOWN_SECONDS');
		server.closeAllConnections();
	}, patience);
	await closed;
	clearInterval(sweep);
	clearTimeout(late);
}

/**
 * Calls `stop` once, when the program is told to end: by a signal, or because the process that started it is gone.
 * A second signal more than a second after the first means at once: Ctrl-C arrives twice, from the terminal and from npm.
 */
export function onStop(stop: () => void, atOnce: () => void): void {
	let first: number | null = null;
	const told = (): void => {
		const now = Date.now();
		if (first === null) {
			first = now;
			stop();
		} else if (now - first > 1000) atOnce();
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, told);
	if (process.env['HAMKOR_SUPERVISED'] === '1') process.once('disconnect', told);
}
