import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

/** One PostgreSQL for all tests; a migrated template, from which each worker copies a database of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const folder = mkdtempSync(path.join(tmpdir(), 'hamkor-test-'));
	chmodSync(folder, 0o755);
	process.env['HAMKOR_DATA'] = folder;
	const server = await startPostgres(folder, {
		durable: false,
		onLost: (sentence) => {
			throw new Error(sentence);
		}
	});
	const admin = new pg.Client({ ...server.owner, database: 'postgres' });
	await admin.connect();
	await admin.query('create database hamkor_template');
	await migrate({ ...server.owner, database: 'hamkor_template' });
	await admin.end();
	project.provide('databaseHost', String(server.owner.host));
	return async () => {
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	};
}
