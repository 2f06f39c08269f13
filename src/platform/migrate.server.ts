import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Logger, runMigrations as migrateQueue } from 'graphile-worker';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration';
import pg from 'pg';

const folder = fileURLToPath(new URL('../../db/migrations/', import.meta.url));

/** The queue tells of its own migrations at length; what fails is thrown. */
const quiet = new Logger(() => () => {});

/** Forward-only `.sql` files, `NNNN-verb-noun.sql`, each run once in order inside a transaction. */
class SqlFiles implements MigrationProvider {
	async getMigrations(): Promise<Record<string, Migration>> {
		const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
		const migrations: Record<string, Migration> = {};
		for (const name of names) {
			const text = await readFile(folder + name, 'utf8');
			migrations[name.slice(0, -'.sql'.length)] = { up: (db) => sql.raw(text).execute(db).then(() => {}) };
		}
		return migrations;
	}
}

/** The data was written by a newer version of the program than this one. */
export class NewerDatabase extends Error {}

/** The names of all migrations that this version knows, in order. */
export async function knownMigrations(): Promise<string[]> {
	return Object.keys(await new SqlFiles().getMigrations());
}

/**
 * Brings a database to this version. Makes the two roles that the migrations grant to, then runs what is missing.
 * @param owner a connection that may create roles and schemas; the application never uses it
 * @param appPassword password of the application role, where the server asks for one
 * @throws NewerDatabase when the database has migrations that this version does not know
 */
export async function migrate(owner: pg.PoolConfig, appPassword?: string): Promise<string[]> {
	const pool = new pg.Pool({ ...owner, max: 2 });
	pool.on('error', () => {});
	pool.on('connect', (client) => client.on('error', () => {}));
	const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
	try {
		await makeRoles(pool, appPassword);
		await migrateQueue({ pgPool: pool, logger: quiet });
		const migrator = new Migrator({ db, provider: new SqlFiles(), migrationTableSchema: 'migration' });
		const known = new Set(await knownMigrations());
		const unknown = await unknownMigrations(pool, known);
		if (unknown.length > 0) throw new NewerDatabase(unknown.join(', '));
		const { error, results = [] } = await migrator.migrateToLatest();
		if (error) throw error;
		return results.filter((result) => result.status === 'Success').map((result) => result.migrationName);
	} finally {
		await db.destroy();
	}
}

async function unknownMigrations(pool: pg.Pool, known: Set<string>): Promise<string[]> {
	const there = await pool.query<{ there: boolean }>(`select to_regclass('migration.kysely_migration') is not null as there`);
	if (!there.rows[0]?.there) return [];
	const rows = await pool.query<{ name: string }>('select name from migration.kysely_migration');
	return rows.rows.map((row) => row.name).filter((name) => !known.has(name));
}

async function makeRoles(pool: pg.Pool, appPassword: string | undefined): Promise<void> {
	const client = await pool.connect();
	try {
		// Two programs that start on one new server at the same moment must not both create the roles.
		await client.query('select pg_advisory_lock(7271001)');
		const there = new Set(
			(await client.query<{ rolname: string }>(`select rolname from pg_roles where rolname in ('hamkor_app', 'hamkor_definer')`)).rows.map(
				(row) => row.rolname
			)
		);
		if (!there.has('hamkor_definer')) await client.query('create role hamkor_definer nologin noinherit nobypassrls');
		if (!there.has('hamkor_app')) await client.query('create role hamkor_app login noinherit nobypassrls nocreatedb nocreaterole');
		if (appPassword !== undefined) {
			await client.query(`alter role hamkor_app password ${pg.escapeLiteral(appPassword)}`);
		}
		await client.query(`do $$ begin
			if not pg_has_role(current_user, 'hamkor_definer', 'set') then
				execute format('grant hamkor_definer to %I with inherit false, set true', current_user);
			end if;
		end $$`);
	} finally {
		await client.query('select pg_advisory_unlock(7271001)').catch(() => {});
		client.release();
	}
}
