import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { actorId, type Actor } from './actor.ts';
import type { DB } from './schema.ts';

// A date is a date, not a moment at somebody's midnight.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** A transaction that has stated its actor. Every command and query takes one as its first argument. */
export type Tx = Transaction<DB>;

type Runtime = { pool: pg.Pool; kysely: Kysely<DB>; config: pg.PoolConfig };

// The built pages and the server load this module apart from each other; the pool is one all the same.
declare global {
	var hamkorDatabase: Runtime | undefined;
}

/**
 * A pool of connections that may die at any moment: one that was idle is replaced at its next use, and whoever holds one hears of it
 * from the next statement. Without somebody who listens, a connection that dies between two statements would end the program.
 */
export function poolOf(config: pg.PoolConfig): pg.Pool {
	const pool = new pg.Pool(config);
	pool.on('error', () => {});
	pool.on('connect', (client) => client.on('error', () => {}));
	return pool;
}

/** Opens the application's pool: the role that owns nothing and bypasses nothing. Called once at start. */
export function openDatabase(config: pg.PoolConfig): void {
	if (globalThis.hamkorDatabase) throw new Error('the database is open already');
	const pool = poolOf({ max: 12, ...config });
	globalThis.hamkorDatabase = {
		pool,
		config,
		kysely: new Kysely<DB>({
			dialect: new PostgresDialect({ pool }),
			plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })]
		})
	};
}

/** Closes the pool after the queries under way. */
export async function closeDatabase(): Promise<void> {
	const runtime = globalThis.hamkorDatabase;
	globalThis.hamkorDatabase = undefined;
	await runtime?.pool.end();
}

function runtime(): Runtime {
	const open = globalThis.hamkorDatabase;
	if (!open) throw new Error('the database is not open');
	return open;
}

/** The pool itself, for the one-statement intake of submissions and for health checks. */
export const appPool = (): pg.Pool => runtime().pool;

/** How the application's role reaches the database, for a thread of our own that opens a pool of its own. */
export const appConfig = (): pg.PoolConfig => plainConfig(runtime().config);

/** What of the way to a database can be handed to a thread. */
export function plainConfig({ host, port, user, password, database, connectionString, ssl }: pg.PoolConfig): pg.PoolConfig {
	const stated = { host, port, user, database, connectionString, password: typeof password === 'string' ? password : undefined, ssl };
	return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
}

/** The shared Kysely instance; only `inTransaction` and tests have business with it. */
export const appKysely = (): Kysely<DB> => runtime().kysely;

/** States the actor of a transaction, which row level security reads, and the language the actor reads in. */
export async function stateActor(tx: Tx, actor: Actor): Promise<void> {
	const locale = 'locale' in actor ? (actor.locale ?? '') : '';
	await sql`select set_config('app.actor_kind', ${actor.kind}, true), set_config('app.actor_id', ${actorId(actor)}, true), set_config('app.locale', ${locale}, true)`.execute(tx);
}

const actors = new WeakMap<Tx, Actor>();

/** The actor a transaction has stated. */
export function actorOf(tx: Tx): Actor {
	const actor = actors.get(tx);
	if (!actor) throw new Error('a transaction without an actor');
	return actor;
}

/**
 * Runs `work` in one transaction that states its actor. Commits when it returns, rolls back when it throws.
 * What is returned has been committed and flushed.
 */
export async function inTransaction<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
	return runtime()
		.kysely.transaction()
		.execute((tx) => asActor(tx, actor, work));
}

/** Reads in one transaction that changes nothing and sees one moment, however long it takes and whatever comes in meanwhile. */
export async function inSnapshot<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
	return runtime()
		.kysely.transaction()
		.setIsolationLevel('repeatable read')
		.setAccessMode('read only')
		.execute((tx) => asActor(tx, actor, work));
}

/**
 * Runs `work` as another actor inside a transaction that is open already (tests, and tasks that act for a person). The actor before
 * acts again afterwards, also when it fails: whoever catches that and goes on must not go on with somebody else's rights.
 */
export async function asActor<T>(tx: Tx, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
	const before = actors.get(tx);
	await stateActor(tx, actor);
	actors.set(tx, actor);
	const back = async (): Promise<void> => {
		if (!before) return;
		actors.set(tx, before);
		await stateActor(tx, before);
	};
	try {
		const result = await work(tx);
		await back();
		return result;
	} catch (thrown) {
		// A transaction that the database has broken off states nothing more; at its savepoint it has the actor of that moment.
		await back().catch(() => {});
		throw thrown;
	}
}
