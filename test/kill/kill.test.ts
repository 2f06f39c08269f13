import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layOutRound, type LaidOut } from '../../bench/round.ts';
import { clusterFolders } from '#server/cluster-folder.ts';
import { databaseAccount } from '#server/postgres-binaries.ts';
import { runningPostgres } from '#server/postgres.ts';
import { ended, startApp, usedFolder, type App } from '../app.ts';
import { deep } from '../deep.ts';
import { exchange, multipart, xmlPart } from '../openrosa/server.ts';

const trials = deep ? 20 : 3;
const form = `
| survey   |
|          | type | name | label |
|          | text | word | Word  |
| settings |
|          | form_id | version |
|          | kill    | 1       |
`;

const folder = usedFolder();
const data = path.join(folder, 'data');
let app: App;
let round: LaidOut;

beforeAll(async () => {
	app = await startApp({ folder, durable: true });
	round = await asOwner((owner) => layOutRound(owner, { form }));
});

afterAll(async () => {
	await app.stop();
	rmSync(folder, { recursive: true, force: true });
});

async function asOwner<T>(work: (owner: pg.Pool) => Promise<T>): Promise<T> {
	const owner = new pg.Pool({ ...runningPostgres(data).owner, max: 1 });
	owner.on('error', () => {});
	try {
		return await work(owner);
	} finally {
		await owner.end();
	}
}

const xmlOf = (instanceId: string): string => `<data id="kill" version="1"><word>kept</word><meta><instanceID>${instanceId}</instanceID></meta></data>`;

/** Whether the server has acknowledged it. */
async function send(instanceId: string): Promise<boolean> {
	try {
		const { status } = await exchange(app.base, 'POST', `/key/${round.token}/submission`, multipart([xmlPart(xmlOf(instanceId))]));
		return status === 201;
	} catch {
		return false;
	}
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Eight senders go on until they are told to stop; answers with what was acknowledged and what was not. `begun`: the first was. */
function load(): { begun: Promise<void>; stop(): Promise<{ kept: string[]; unsure: string[] }> } {
	const begun = Promise.withResolvers<void>();
	const kept: string[] = [];
	const unsure: string[] = [];
	let going = true;
	const lines = Array.from({ length: 8 }, async () => {
		while (going) {
			const id = `uuid:${randomUUID()}`;
			if (await send(id)) {
				kept.push(id);
				begun.resolve();
			} else {
				unsure.push(id);
				await pause(20);
			}
		}
	});
	return {
		begun: begun.promise,
		async stop() {
			going = false;
			await Promise.all(lines);
			return { kept, unsure };
		}
	};
}

async function killProgram(): Promise<void> {
	app.process.kill('SIGKILL');
	await ended(app.process);
	await pause(100);
}

/** The server's process number stands in the first line of its lock file. */
async function killPostgres(): Promise<void> {
	const { cluster } = clusterFolders(data, databaseAccount());
	process.kill(Number(readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
	await pause(300);
}

async function untilReady(): Promise<void> {
	const until = Date.now() + 60_000;
	while (Date.now() < until) {
		if ((await fetch(`${app.base}/ready`).catch(() => undefined))?.ok) return;
		await pause(100);
	}
	throw new Error(`not ready again:\n${app.said()}`);
}

const rowsOf = async (ids: readonly string[]): Promise<string[]> =>
	asOwner(async (owner) => (await owner.query<{ instance_id: string }>('select instance_id from assessment.submission where instance_id = any($1)', [ids])).rows.map((row) => row.instance_id));

describe('kill -9 under load', () => {
	it.each(Array.from({ length: trials }, (_, n) => [n + 1, n % 2 === 0 ? 'the program' : 'PostgreSQL'] as const))(
		'trial %i, of %s: what was acknowledged is there, and nothing twice',
		{ timeout: 180_000 },
		async (trial, victim) => {
			const running = load();
			await running.begun;
			await pause(300 + ((trial * 137) % 500));
			if (victim === 'the program') await killProgram();
			else await killPostgres();
			const { kept, unsure } = await running.stop();
			if (victim === 'the program') app = await startApp({ folder, durable: true });
			await untilReady();

			expect(kept.length).toBeGreaterThan(0);
			const there = await rowsOf(kept);
			expect(there.toSorted()).toEqual(kept.toSorted());
			// Who heard nothing sends again: it counts once, whether it had been kept or not.
			const again = unsure.slice(-50);
			expect(await Promise.all(again.map(send))).toEqual(again.map(() => true));
			expect((await rowsOf(again)).toSorted()).toEqual(again.toSorted());
			const entries = await asOwner((owner) =>
				owner.query<{ n: string }>(
					`select count(*) as n from assessment.submission s where (select count(*) from platform.journal j
						where j.subject_id = s.id and j.verb = 'submission.receive') <> 1`
				)
			);
			expect(entries.rows[0]?.n).toBe('0');
		}
	);
});
