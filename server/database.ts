import pg from 'pg';
import { secret } from '#platform/secrets.server.ts';
import type { Settings } from '#platform/settings.ts';
import { openDataFolder } from '#server/data-folder.ts';
import { startPostgres, runningPostgres } from '#server/postgres.ts';
import { isLocked, lockDataFolder } from '#server/program-lock.ts';
import { OperatorProblem } from '#server/problem.ts';

/** The oldest external PostgreSQL we run on. */
const oldestMajor = 16;

/** The two ways into the database, and how to let go of it. */
export type DatabaseAccess = {
	/** May make roles and schemas: for migrations alone. */
	readonly owner: pg.PoolConfig;
	/** Owns nothing and bypasses nothing. */
	readonly app: pg.PoolConfig;
	/** The password the application's role is to have, where the server asks for one. */
	readonly appPassword: string | undefined;
	/** Says that this process is about to let go. */
	stopping(): void;
	/** Stops what was started for this process; an external server, or one that another process runs, stays. */
	close(): Promise<void>;
};

/**
 * Finds or starts the database.
 *
 * @param what what this process is, for the sentence that another one is given
 * @param options `share`: use the database of a program that runs already (for commands); `onLost`: the embedded server ended
 * by itself and could not be brought back; `whenHeld`: asked once no other program holds the data folder, before the database
 * starts
 * @throws OperatorProblem
 */
export async function accessDatabase(
	settings: Settings,
	what: string,
	options: { share: boolean; onLost: (sentence: string) => void; whenHeld?: () => Promise<void> }
): Promise<DatabaseAccess> {
	openDataFolder(settings.HAMKOR_DATA);
	if (settings.DATABASE_URL !== undefined) {
		await options.whenHeld?.();
		return external(settings.DATABASE_URL);
	}
	if (options.share && isLocked(settings.HAMKOR_DATA)) {
		return { ...runningPostgres(settings.HAMKOR_DATA), appPassword: undefined, stopping() {}, async close() {} };
	}
	const lock = await lockDataFolder(settings.HAMKOR_DATA, what);
	try {
		await options.whenHeld?.();
		const postgres = await startPostgres(settings.HAMKOR_DATA, {
			durable: !settings.HAMKOR_FAST_TESTS,
			onLost: options.onLost
		});
		return {
			owner: postgres.owner,
			app: postgres.app,
			appPassword: undefined,
			stopping: () => lock.stopping(),
			async close() {
				await postgres.stop();
				lock.release();
			}
		};
	} catch (error) {
		lock.release();
		throw error;
	}
}

async function external(address: string): Promise<DatabaseAccess> {
	await checkExternal(address);
	const appPassword = secret('database-app').export().toString('base64url');
	const app = new URL(address);
	app.username = 'hamkor_app';
	app.password = appPassword;
	return {
		owner: { connectionString: address },
		app: { connectionString: app.href },
		appPassword,
		stopping() {},
		async close() {}
	};
}

async function checkExternal(address: string): Promise<void> {
	const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 10_000 });
	let version: number;
	try {
		await client.connect();
		const result = await client.query<{ version: string }>(`select current_setting('server_version_num') as version`);
		version = Math.floor(Number(result.rows[0]?.version) / 10_000);
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
		throw new OperatorProblem(
			`The PostgreSQL of DATABASE_URL cannot be reached (${code}): check that it runs, and that the host, name, password and database are right.`
		);
	} finally {
		await client.end().catch(() => {});
	}
	if (version < oldestMajor) {
		throw new OperatorProblem(
			`The PostgreSQL of DATABASE_URL is version ${version}: Hamkor needs ${oldestMajor} or newer.`
		);
	}
}
