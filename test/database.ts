import { afterAll, beforeAll, inject } from 'vitest';
import pg from 'pg';
import type { Actor } from '#platform/actor.ts';
import { appKysely, asActor, closeDatabase, openDatabase, type Tx } from '#platform/database.server.ts';

/** The owner's connection to this worker's database: sees and does everything. For setting up and for looking behind the fence. */
export let owner: pg.Pool;

/** Gives the tests of a file a migrated database of the worker's own. Call once at the top of the file. */
export function useDatabase(): void {
	beforeAll(async () => {
		const host = inject('databaseHost');
		const database = `test_${process.env['VITEST_POOL_ID'] ?? '0'}_${process.pid}_${Date.now().toString(36)}`;
		const admin = new pg.Client({ host, port: 5432, user: 'hamkor', database: 'postgres' });
		await admin.connect();
		// Only one copy of the template can be made at a time.
		await admin.query('select pg_advisory_lock(1)');
		await admin.query(`create database ${database} template hamkor_template`);
		await admin.end();
		owner = new pg.Pool({ host, port: 5432, user: 'hamkor', database, max: 3 });
		openDatabase({ host, port: 5432, user: 'hamkor_app', database });
	});
	afterAll(async () => {
		await closeDatabase();
		await owner.end();
	});
}

class RolledBack extends Error {}

/** Runs a test inside a transaction of the application role that is rolled back at the end. Deferred constraints are checked first. */
export async function rolledBack(actor: Actor, work: (tx: Tx) => Promise<void>): Promise<void> {
	try {
		await appKysely()
			.transaction()
			.execute(async (tx) => {
				await asActor(tx, actor, work);
				throw new RolledBack();
			});
	} catch (thrown) {
		if (!(thrown instanceof RolledBack)) throw thrown;
	}
}
