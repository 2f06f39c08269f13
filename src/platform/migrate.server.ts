import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Logger, runMigrations as migrateQueue } from 'graphile-worker';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration';
import pg from 'pg';
import { poolOf } from './database.server.ts';

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

/** The owner's account lacks a right. The message is a sentence for whoever runs the database. */
export class MissingRight extends Error {}

/** Two programs that start on one new server at the same moment must not both make the roles or change the schemas. */
const lock = 7271001;

/**
 * Brings a database to this version. Makes the two roles that the migrations grant to, then runs what is missing. The owner need
 * not be a superuser: it must own the database and be allowed to make roles.
 *
 * @param owner a connection that may create roles and schemas; the application never uses it
 * @param appPassword password of the application role, where the server asks for one
 * @returns the names of the migrations that were run
 * @throws NewerDatabase when the database has migrations that this version does not know
 * @throws MissingRight when the owner may not do what a migration needs
 */
export async function migrate(owner: pg.PoolConfig, appPassword?: string): Promise<string[]> {
	const pool = poolOf({ ...owner, max: 3 });
	const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
	try {
		const client = await pool.connect();
		try {
			await client.query('select pg_advisory_lock($1)', [lock]);
			await checkMayMakeSchemas(client);
			await makeRoles(client, appPassword);
			await migrateQueue({ pgPool: pool, logger: quiet });
			return await runMissing(client, new Migrator({ db, provider: new SqlFiles(), migrationTableSchema: 'migration' }));
		} finally {
			await client.query('select pg_advisory_unlock($1)', [lock]).catch(() => {});
			client.release();
		}
	} catch (error) {
		if (error instanceof pg.DatabaseError && error.code === '42501') {
			throw new MissingRight(
				`The account of DATABASE_URL lacks a right in its PostgreSQL (${error.message}): let it own the database, and let an administrator grant what is missing.`
			);
		}
		throw error;
	} finally {
		await db.destroy();
		// Kysely leaves alone a pool that it has not used: nothing was to be done, or it failed before.
		if (!pool.ended) await pool.end();
	}
}

/** How a database stands to this version of the program; `empty`: it was never one of Hamkor's. */
export async function versionOf(owner: pg.PoolConfig): Promise<'empty' | 'older' | 'same' | 'newer'> {
	const client = new pg.Client(owner);
	await client.connect();
	try {
		const [known, done] = [new Set(await knownMigrations()), new Set(await migrationsDone(client))];
		return done.size === 0 ? 'empty' : !done.isSubsetOf(known) ? 'newer' : done.size < known.size ? 'older' : 'same';
	} finally {
		await client.end();
	}
}

async function runMissing(client: pg.ClientBase, migrator: Migrator): Promise<string[]> {
	const known = new Set(await knownMigrations());
	const done = await migrationsDone(client);
	const unknown = done.filter((name) => !known.has(name));
	if (unknown.length > 0) throw new NewerDatabase(unknown.join(', '));
	if (done.length === known.size) return [];
	await lendRights(client, true);
	try {
		const { error, results = [] } = await migrator.migrateToLatest();
		if (error) throw error;
		return results.filter((result) => result.status === 'Success').map((result) => result.migrationName);
	} finally {
		await lendRights(client, false);
	}
}

async function migrationsDone(client: pg.ClientBase): Promise<string[]> {
	const there = await client.query<{ there: boolean }>(`select to_regclass('migration.kysely_migration') is not null as there`);
	if (!there.rows[0]?.there) return [];
	const rows = await client.query<{ name: string }>('select name from migration.kysely_migration');
	return rows.rows.map((row) => row.name);
}

async function checkMayMakeSchemas(client: pg.ClientBase): Promise<void> {
	const found = await client.query<{ database: string; account: string; may: boolean }>(
		`select current_database() as database, current_user as account, has_database_privilege(current_database(), 'create') as may`
	);
	const { database = '', account = '', may = false } = found.rows[0] ?? {};
	if (may) return;
	throw new MissingRight(
		`The account of DATABASE_URL may not create schemas in its database: as an administrator of that PostgreSQL run ` +
			`ALTER DATABASE ${pg.escapeIdentifier(database)} OWNER TO ${pg.escapeIdentifier(account)}; then start again.`
	);
}

/**
 * A migration hands functions to the definer role. A superuser may do that anyway; another owner needs that role's own rights for
 * it, and the role the right to hold something in the schemas. Both are lent for the time of the migration alone.
 */
async function lendRights(client: pg.ClientBase, lend: boolean): Promise<void> {
	const [verb, preposition] = lend ? ['grant', 'to'] : ['revoke', 'from'];
	await client.query(`do $$
		declare
			schema name;
		begin
			execute format('grant hamkor_definer to %I with inherit ${lend}, set true', current_user);
			alter default privileges ${verb} create on schemas ${preposition} hamkor_definer;
			for schema in select nspname from pg_namespace where nspowner = current_user::regrole
				and nspname !~ '^pg_' and nspname not in ('graphile_worker', 'public')
			loop
				execute format('${verb} create on schema %I ${preposition} hamkor_definer', schema);
			end loop;
		end $$`);
}

async function makeRoles(client: pg.ClientBase, appPassword: string | undefined): Promise<void> {
	const roles = await client.query<{ rolname: string }>(`select rolname from pg_roles where rolname in ('hamkor_app', 'hamkor_definer')`);
	const there = new Set(roles.rows.map((row) => row.rolname));
	if (there.size < 2) await checkMayMakeRoles(client);
	if (!there.has('hamkor_definer')) await client.query('create role hamkor_definer nologin noinherit nobypassrls');
	if (!there.has('hamkor_app')) await client.query('create role hamkor_app login noinherit nobypassrls nocreatedb nocreaterole');
	if (appPassword !== undefined) await setPassword(client, appPassword);
	await client.query(`do $$ begin
		if not pg_has_role(current_user, 'hamkor_definer', 'set') then
			execute format('grant hamkor_definer to %I with inherit false, set true', current_user);
		end if;
	end $$`);
}

async function checkMayMakeRoles(client: pg.ClientBase): Promise<void> {
	const found = await client.query<{ account: string; may: boolean }>(
		'select current_user as account, rolsuper or rolcreaterole as may from pg_roles where rolname = current_user'
	);
	const { account = '', may = false } = found.rows[0] ?? {};
	if (may) return;
	throw new MissingRight(
		'The account of DATABASE_URL may not create the two roles that Hamkor needs: as an administrator of that PostgreSQL run ' +
			`ALTER ROLE ${pg.escapeIdentifier(account)} CREATEROLE; then start again.`
	);
}

/** PostgreSQL 16 lets an account that makes roles set the passwords of those it made. */
async function setPassword(client: pg.ClientBase, password: string): Promise<void> {
	try {
		await client.query(`alter role hamkor_app password ${pg.escapeLiteral(password)}`);
	} catch (error) {
		if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error;
		const account = (await client.query<{ account: string }>('select current_user as account')).rows[0]?.account ?? '';
		throw new MissingRight(
			'The roles hamkor_app and hamkor_definer of this PostgreSQL belong to another account than that of DATABASE_URL: as an administrator run ' +
				`GRANT hamkor_app, hamkor_definer TO ${pg.escapeIdentifier(account)} WITH ADMIN OPTION; then start again.`
		);
	}
}
