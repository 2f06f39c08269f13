import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Door } from '#server/door.ts';
import { appPool } from '#platform/database.server.ts';
import { settings } from '#platform/settings.ts';
import { freeMegabytes } from '../scripts/bootstrap/machine.mjs';

const built = fileURLToPath(new URL('../build/handler.js', import.meta.url));

/** Free space below which nothing more can be promised to be kept, in megabytes. */
const leastFree = 50;

/** How long the database may take to answer, in milliseconds. */
const patience = 2000;

let stopping = false;

/** From now on the program says that it is not ready, so that a balancer sends no more. */
export function announceStop(): void {
	stopping = true;
}

/**
 * `/health`: the process is up. `/ready`: it can serve, which means that the database answers, the pages are built, the
 * disk has room and it is not stopping (migrations ran before the door opened). Both say nothing else about the installation.
 */
export const health: Door = (request, response, url) => {
	if (url.pathname !== '/health' && url.pathname !== '/ready') return false;
	return answer(url.pathname === '/ready' ? readiness : async () => ({ status: 'up' }), request.method, response);
};

async function answer(
	find: () => Promise<Record<string, unknown>>,
	method: string | undefined,
	response: Parameters<Door>[1]
): Promise<boolean> {
	if (method !== 'GET' && method !== 'HEAD') {
		response.writeHead(405, { allow: 'GET, HEAD' }).end();
		return true;
	}
	const found = await find();
	response.writeHead(found['ready'] === false ? 503 : 200, {
		'content-type': 'application/json',
		'cache-control': 'no-store'
	});
	response.end(method === 'HEAD' ? undefined : JSON.stringify(found));
	return true;
}

async function readiness(): Promise<Record<string, unknown>> {
	const checks = { database: await databaseAnswers(), pages: existsSync(built), space: (freeMegabytes(settings().HAMKOR_DATA) ?? leastFree) >= leastFree, running: !stopping };
	return { ready: Object.values(checks).every(Boolean), checks };
}

async function databaseAnswers(): Promise<boolean> {
	let timer: NodeJS.Timeout | undefined;
	try {
		const late = new Promise<never>((_, reject) => {
			timer = setTimeout(() => reject(new Error('late')), patience);
		});
		await Promise.race([appPool().query('select 1'), late]);
		return true;
	} catch {
		return false;
	} finally {
		clearTimeout(timer);
	}
}
