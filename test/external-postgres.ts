import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { databaseAccount, postgresBinaries } from '#server/postgres-binaries.ts';
import { ended, freePort, scratchFolder } from './app.ts';

/** A PostgreSQL as a hosting company would give it: reached by TCP, with passwords, and the program's account no superuser. */
export type ExternalPostgres = {
	/** The address with which the program's owner signs in to a database. */
	url(account: string, database: string): string;
	/** Runs statements as the superuser. */
	asAdministrator(...statements: string[]): Promise<void>;
	stop(): Promise<void>;
};

const password = 'word-of-the-administrator';
/** The password of every account that a test makes here. */
export const accountPassword = 'p@ss/word:of #owner';

/** Starts a second server on a free port of this machine. */
export async function startExternalPostgres(): Promise<ExternalPostgres> {
	const account = databaseAccount();
	const binaries = postgresBinaries(account);
	const folder = scratchFolder();
	const cluster = path.join(folder, 'cluster');
	const passwordFile = path.join(folder, 'password');
	mkdirSync(cluster);
	writeFileSync(passwordFile, password, { mode: 0o644 });
	if (account.uid !== undefined && account.gid !== undefined) chownSync(cluster, account.uid, account.gid);
	const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };
	const made = spawnSync(
		path.join(binaries, 'bin/initdb'),
		['-D', cluster, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '--no-sync'],
		{ ...account, env, cwd: cluster, encoding: 'utf8' }
	);
	if (made.status !== 0) throw new Error(made.stderr);
	const port = await freePort();
	const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'max_connections=60'];
	const server = spawn(path.join(binaries, 'bin/postgres'), ['-D', cluster, ...settings.flatMap((each) => ['-c', each])], {
		...account,
		env,
		cwd: cluster,
		stdio: ['ignore', 'ignore', 'pipe']
	});
	await new Promise<void>((resolve, reject) => {
		let said = '';
		server.stderr.setEncoding('utf8').on('data', (text: string) => {
			said += text;
			if (/ready to accept connections/.test(said)) resolve();
		});
		server.once('exit', () => reject(new Error(said)));
	});
	return {
		url: (name, database) => `postgresql://${name}:${encodeURIComponent(accountPassword)}@127.0.0.1:${port}/${database}`,
		async asAdministrator(...statements) {
			const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
			await client.connect();
			try {
				for (const statement of statements) await client.query(statement);
			} finally {
				await client.end();
			}
		},
		async stop() {
			server.kill('SIGINT');
			await ended(server);
			rmSync(folder, { recursive: true, force: true });
		}
	};
}
