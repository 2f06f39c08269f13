import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { log } from '#platform/log.server.ts';
import { clusterFolders, own, type ClusterFolders } from '#server/cluster-folder.ts';
import { readIfThere } from '#server/data-folder.ts';
import { pause } from '#server/errors.ts';
import { databaseAccount, postgresBinaries, type Account } from '#server/postgres-binaries.ts';
import { OperatorProblem } from '#server/problem.ts';

/** The embedded server's owner and database have the program's name. */
const owner = 'hamkor';
const port = 5432;

/** Time, language and path only: nothing of the caller's environment (PGDATA, PGPORT, …) may reach the server. */
const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };

/** How often a server that ends by itself is started again within a minute before we give up. */
const restartsPerMinute = 5;

export type Postgres = {
	/** The owner's connection, for migrations. */
	readonly owner: pg.PoolConfig;
	/** The application's connection. */
	readonly app: pg.PoolConfig;
	/** Ends the server after the transactions under way are broken off and the rest is on disk. */
	stop(): Promise<void>;
};

type Options = {
	/** Whether a commit waits for the disk. False in tests alone. */
	durable: boolean;
	/** Called when the server ended by itself and could not be brought back. */
	onLost(sentence: string): void;
};

type Place = ClusterFolders & { binaries: string; account: Account; durable: boolean };

/** Where the database of a data folder is reached when a program holds it already. */
export function runningPostgres(dataFolder: string): Pick<Postgres, 'owner' | 'app'> {
	return connections(clusterFolders(dataFolder, databaseAccount()).socket);
}

/**
 * Starts the embedded PostgreSQL on a unix socket inside the data folder, making the database at first use. The caller holds
 * the folder's lock, so a server found running there was left behind by a killed program: it is stopped first. A server that
 * ends by itself while the program runs is started again.
 *
 * @throws OperatorProblem when it cannot start
 */
export async function startPostgres(dataFolder: string, { durable, onLost }: Options): Promise<Postgres> {
	const account = databaseAccount();
	const place = { ...clusterFolders(dataFolder, account), binaries: postgresBinaries(account), account, durable };
	await stopOrphan(place.cluster);
	initialise(place);
	let server = await launch(place);
	let stopping = false;
	const restarts: number[] = [];

	const watch = (process: ChildProcess): void => {
		process.once('exit', () => {
			if (!stopping) void restart();
		});
	};
	const restart = async (): Promise<void> => {
		const now = Date.now();
		while (restarts[0] !== undefined && restarts[0] < now - 60_000) restarts.shift();
		restarts.push(now);
		if (restarts.length > restartsPerMinute) {
			return onLost('PostgreSQL keeps ending by itself: look at the log above, check the disk, then start again.');
		}
		log().error('PostgreSQL ended by itself; starting it again');
		try {
			server = await launch(place);
			watch(server);
			if (stopping) server.kill('SIGINT');
		} catch (error) {
			onLost(error instanceof Error ? error.message : String(error));
		}
	};
	watch(server);

	return {
		...connections(place.socket),
		async stop() {
			stopping = true;
			await end(server);
		}
	};
}

function connections(socket: string): Pick<Postgres, 'owner' | 'app'> {
	const to = (user: string): pg.PoolConfig => ({ host: socket, port, user, database: 'hamkor' });
	return { owner: to(owner), app: to('hamkor_app') };
}

/** Fast shutdown: sessions are broken off, everything committed is on disk. */
function end(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
	return new Promise((resolve) => {
		server.once('exit', () => resolve());
		server.kill('SIGINT');
	});
}

/** Makes the database's files aside and moves them into place, so that a broken-off start leaves nothing half made. */
function initialise({ cluster, binaries, account, durable }: Place): void {
	if (existsSync(path.join(cluster, 'PG_VERSION'))) return;
	const aside = `${cluster}.new`;
	rmSync(aside, { recursive: true, force: true });
	own(aside, account);
	const result = spawnSync(
		path.join(binaries, 'bin', 'initdb'),
		[
			'-D', aside, '-U', owner, '--auth-local=trust', '--auth-host=reject', '-E', 'UTF8',
			'--locale-provider=builtin', '--locale=C.UTF-8', '--data-checksums', '--no-instructions',
			...(durable ? [] : ['--no-sync'])
		],
		{ env: environment, cwd: aside, encoding: 'utf8', ...account }
	);
	if (result.status !== 0) throw failure(`${result.error ?? ''}${result.stderr}`);
	renameSync(aside, cluster);
}

/** Starts the server and waits until it answers; a killed one may hold its lock or memory for a few seconds more. */
async function launch(place: Place): Promise<ChildProcess> {
	const until = Date.now() + 20_000;
	for (;;) {
		const { server, said } = await attempt(place);
		if (server) {
			await ensureDatabase(place.socket);
			return server;
		}
		const busy = /lock file .* already exists|pre-existing shared memory block|could not create lock file/.test(said);
		if (!busy || Date.now() > until) throw failure(said);
		await pause(250);
	}
}

/** The server's own settings: reached through the socket alone, and no statement and no row's values in its log. */
const serverSettings = ({ socket, durable }: Place): string[] =>
	Object.entries({
		listen_addresses: '',
		unix_socket_directories: socket,
		unix_socket_permissions: '0700',
		port: String(port),
		max_connections: '60',
		log_min_error_statement: 'panic',
		log_error_verbosity: 'terse',
		log_checkpoints: 'off',
		...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' })
	}).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

function attempt(place: Place): Promise<{ server: ChildProcess | null; said: string }> {
	const { cluster, binaries, account } = place;
	const server = spawn(
		path.join(binaries, 'bin', 'postgres'),
		['-D', cluster, ...serverSettings(place)],
		// In a process group of its own: Ctrl-C reaches the program, which stops the server last.
		{ env: environment, cwd: cluster, stdio: ['ignore', 'ignore', 'pipe'], detached: true, ...account }
	);
	return new Promise((resolve) => {
		let said = '';
		let ready = false;
		server.stderr.setEncoding('utf8').on('data', (text: string) => {
			if (ready) return report(text);
			said = (said + text).slice(-4000);
			if (/ready to accept connections/.test(said)) {
				ready = true;
				resolve({ server, said });
			}
		});
		server.once('error', (error) => resolve({ server: null, said: error.message }));
		server.once('exit', () => resolve({ server: null, said }));
	});
}

/** The server's warnings go into our log; its everyday messages do not. Errors of single statements are the caller's to report. */
function report(text: string): void {
	for (const line of text.split('\n')) {
		const found = /\b(PANIC|FATAL|WARNING):\s+(.*)$/.exec(line);
		if (found && !/terminating connection/.test(line)) log().warn({ postgres: found[1] }, String(found[2]));
	}
}

async function ensureDatabase(socket: string): Promise<void> {
	const client = new pg.Client({ ...connections(socket).owner, database: 'postgres' });
	await client.connect();
	try {
		const found = await client.query('select from pg_database where datname = $1', ['hamkor']);
		if (found.rowCount === 0) await client.query('create database hamkor');
	} finally {
		await client.end();
	}
}

/** Ends a server that a killed program left running. Its process number stands in the first line of postmaster.pid. */
async function stopOrphan(cluster: string): Promise<void> {
	const pid = Number(readIfThere(path.join(cluster, 'postmaster.pid'))?.split('\n')[0]);
	if (!Number.isInteger(pid) || pid <= 0 || !isPostgres(pid, cluster)) return;
	process.kill(pid, 'SIGINT');
	const until = Date.now() + 60_000;
	while (isPostgres(pid, cluster) && Date.now() < until) await pause(50);
}

/** Whether that process is the server of this cluster, not another that was given its number later. */
function isPostgres(pid: number, cluster: string): boolean {
	if (process.platform === 'linux') {
		try {
			return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(cluster);
		} catch {
			return false;
		}
	}
	const listed = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
	return listed.status === 0 && listed.stdout.includes(cluster);
}

function failure(said: string): OperatorProblem {
	if (/No space left on device|ENOSPC/i.test(said)) {
		return new OperatorProblem('PostgreSQL could not start because the disk is full: free some space, then start again.');
	}
	if (/database files are incompatible|initialized by PostgreSQL version/i.test(said)) {
		return new OperatorProblem(
			'The data folder was written by another version of PostgreSQL than the one that comes with this Hamkor: start the version of Hamkor that wrote it.'
		);
	}
	return new OperatorProblem(`PostgreSQL did not start. It said:\n${said.trim()}`);
}
