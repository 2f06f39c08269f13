import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '#platform/migrate.server.ts';
import { startPostgres } from '#server/postgres.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** Socket folder of the server that all test databases stand in. */
		databaseHost: string;
	}
}

/** Copies a data folder whose database has stopped, with the owners of its files. */
function keep(folder: string, copy: string): boolean {
	const parts = ['database', 'postgres-18'].map((name) => path.join(folder, name)).filter((part) => existsSync(part));
	mkdirSync(copy, { mode: 0o711 });
	return spawnSync('cp', ['-a', ...parts, copy]).status === 0;
}

const gigabyte = 1024 ** 3;

/**
 * Where everything that tests lay down stands: in memory, where the machine has plenty of it. A program's data folder is two
 * thousand small files, which a disk takes a second to make and to remove, sixty times over.
 */
function scratchPlace(): string {
	const inMemory = '/dev/shm';
	if (process.env['TMPDIR'] !== undefined || !existsSync(inMemory) || Math.min(os.totalmem(), process.constrainedMemory() || Infinity) < 16 * gigabyte) return os.tmpdir();
	const { bavail, bsize } = statfsSync(inMemory);
	return bavail * bsize < 8 * gigabyte ? os.tmpdir() : inMemory;
}

const prefix = 'hamkor-test-';

/** Removes what runs left behind that were broken off: their folders bear their number. What is another account's stays. */
function clearAway(place: string): void {
	for (const name of readdirSync(place)) {
		const run = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
		if (run === undefined || isAlive(Number(run))) continue;
		try {
			rmSync(path.join(place, name), { recursive: true, force: true });
		} catch {
			// Not ours to remove.
		}
	}
}

function isAlive(run: number): boolean {
	try {
		process.kill(run, 0);
		return true;
	} catch (error) {
		return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
	}
}

/** One PostgreSQL for all tests; a migrated template, from which each worker copies a database of its own; a data folder with all migrations in it for programs. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const place = scratchPlace();
	clearAway(place);
	const folder = mkdtempSync(path.join(place, `${prefix}${process.pid}-`));
	chmodSync(folder, 0o755);
	const scratch = path.join(folder, 'scratch');
	mkdirSync(scratch);
	chmodSync(scratch, 0o1777);
	process.env['TMPDIR'] = scratch;
	process.env['HAMKOR_DATA'] = folder;
	const start = (): ReturnType<typeof startPostgres> =>
		startPostgres(folder, {
			durable: false,
			onLost: (sentence) => {
				throw new Error(sentence);
			}
		});
	const first = await start();
	await migrate(first.owner);
	await first.stop();
	const used = path.join(folder, 'used');
	// Where the database had to be put outside the data folder, a copy would be the same database: each program makes its own there.
	if (!existsSync(path.join(folder, 'postgres-folder')) && keep(folder, used)) process.env['HAMKOR_USED_DATA'] = used;
	const server = await start();
	const admin = new pg.Client({ ...server.owner, database: 'postgres' });
	await admin.connect();
	await admin.query('create database hamkor_template template hamkor');
	await admin.end();
	project.provide('databaseHost', String(server.owner.host));
	return async () => {
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	};
}
