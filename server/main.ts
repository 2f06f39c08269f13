import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { closeDatabase, openDatabase } from '#platform/database.server.ts';
import { log } from '#platform/log.server.ts';
import { settings, type Settings } from '#platform/settings.ts';
import { demoCode, firstRunCode } from '#platform/sign-in/terminal-codes.server.ts';
import { accessDatabase } from '#server/database.ts';
import { isCode } from '#server/errors.ts';
import { makeServer, type Pages } from '#server/http.ts';
import { bringUpToDate } from '#server/migrations.ts';
import { OperatorProblem } from '#server/problem.ts';
import { closeServer, onStop } from '#server/shutdown.ts';
import { startWorker, type JobWorker } from '#server/worker.ts';
import { byFault } from '../scripts/exit-codes.mjs';

/**
 * Runs the program until it is told to stop: settings, database, migrations, pages, then the doors open.
 * Stopping goes the other way round, and what was accepted is finished first.
 *
 * @returns the exit code
 * @throws OperatorProblem with one sentence, when it cannot start
 */
export async function serve(): Promise<number> {
	const chosen = settings();
	// Whatever reads the environment later finds the same folder, wherever it stands.
	process.env['HAMKOR_DATA'] = chosen.HAMKOR_DATA;
	process.env['NODE_ENV'] = 'production';
	const ending = Promise.withResolvers<number>();
	const breakOff = new AbortController();
	onStop(() => ending.resolve(0), () => breakOff.abort());
	process.on('uncaughtException', (error) => {
		log().fatal({ err: error }, 'a fault nobody caught');
		ending.resolve(byFault);
	});
	process.on('unhandledRejection', (error) => log().error({ err: error }, 'a failure nobody awaited'));

	const server = makeServer(chosen, await loadPages(chosen));
	const onLost = (sentence: string): void => {
		process.stderr.write(`${sentence}\n`);
		ending.resolve(1);
	};
	const database = await accessDatabase(chosen, 'npm start', {
		share: false,
		onLost,
		// A program on the same data folder may just be stopping: its port is free once it has let go.
		whenHeld: () => refuseTakenPort(chosen)
	});
	let worker: JobWorker | undefined;
	try {
		await bringUpToDate(chosen, database);
		openDatabase(database.app);
		if (chosen.HAMKOR_ROLE !== 'web') {
			worker = await startWorker(database, (error) => {
				log().fatal({ err: error }, 'the worker was lost');
				ending.resolve(byFault);
			});
		}
		await listen(server, chosen);
		if (chosen.HAMKOR_ROLE !== 'worker') await printCodes(chosen);
		process.stdout.write(`Hamkor is ready: ${addressOf(server, chosen)}\n`);
		const code = await ending.promise;
		database.stopping();
		const patience = code === 0 ? chosen.HAMKOR_SHUTDOWN_SECONDS * 1000 : 0;
		breakOff.signal.addEventListener('abort', () => server.closeAllConnections());
		await closeServer(server, patience);
		return code;
	} finally {
		await worker?.stop();
		await closeDatabase();
		await database.close();
	}
}

/**
 * Codes that only who sees the terminal knows: for the first person, and for the demonstration's sign-in where that can
 * be used. On the output, never in the log.
 */
async function printCodes(chosen: Settings): Promise<void> {
	const first = await firstRunCode();
	if (first !== null) process.stdout.write(`First run code: ${first}\n`);
	if (chosen.HAMKOR_TRUSTED_PROXY.length === 0) process.stdout.write(`Demonstration sign-in code: ${await demoCode()}\n`);
}

const pagesSchema = z.object({ handler: z.custom<Pages>((value) => typeof value === 'function') });

/** The built pages. What they are told about the outside world goes through headers that only we set. */
async function loadPages(chosen: Settings): Promise<Pages> {
	if (chosen.HAMKOR_ROLE === 'worker') return (_, response) => void response.writeHead(404).end();
	for (const name of ['ORIGIN', 'ADDRESS_HEADER', 'PORT_HEADER', 'XFF_DEPTH']) delete process.env[name];
	process.env['PROTOCOL_HEADER'] = 'x-forwarded-proto';
	process.env['HOST_HEADER'] = 'x-forwarded-host';
	process.env['BODY_SIZE_LIMIT'] = `${chosen.HAMKOR_BODY_LIMIT}M`;
	const file = fileURLToPath(new URL('../build/handler.js', import.meta.url));
	return pagesSchema.parse(await import(file)).handler;
}

/** Asked before the database starts, so that the answer comes at once. */
async function refuseTakenPort(chosen: Settings): Promise<void> {
	const probe = createServer();
	await listen(probe, chosen);
	await new Promise((resolve) => probe.close(resolve));
}

function listen(server: Server, { PORT, HOST }: Settings): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (error) => {
			const sentence = isCode(error, 'EADDRINUSE')
				? `Port ${PORT} is taken by another program: stop that one, or choose another port, for example PORT=${PORT + 1} npm start.`
				: isCode(error, 'EACCES')
					? `This account may not listen on port ${PORT}: choose a port above 1023, or put a reverse proxy in front.`
					: isCode(error, 'EADDRNOTAVAIL') || isCode(error, 'ENOTFOUND')
						? `This machine has no address ${HOST}: set HOST to one of its own, or leave it out.`
						: null;
			reject(sentence === null ? error : new OperatorProblem(sentence));
		});
		server.listen(PORT, HOST, () => resolve());
	});
}

function addressOf(server: Server, chosen: Settings): string {
	if (chosen.HAMKOR_ORIGIN !== undefined) return `${chosen.HAMKOR_ORIGIN}/`;
	const bound = z.custom<AddressInfo>((value) => typeof value === 'object' && value !== null).parse(server.address());
	const everywhere = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(chosen.HOST);
	const name = everywhere ? 'localhost' : chosen.HOST.includes(':') ? `[${chosen.HOST}]` : chosen.HOST;
	return `${chosen.HAMKOR_TLS_CERT === undefined ? 'http' : 'https'}://${name}:${bound.port}/`;
}
