import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readIfThere } from '#server/data-folder.ts';
import { systemFolder, type Account } from '#server/postgres-binaries.ts';

/** Unix addresses end at 107 bytes on Linux and 103 on macOS; PostgreSQL adds its own file name. */
const longestSocketFolder = 80;

/** Where the database's files lie, and the folder of its socket. */
export type ClusterFolders = { cluster: string; socket: string };

/**
 * Prepares the folders of the embedded database. They lie in the data folder, unless PostgreSQL runs as another account that
 * cannot reach it there (root's closed home): then under /var/lib/hamkor, and `postgres-folder` in the data folder says where.
 */
export function clusterFolders(dataFolder: string, account: Account): ClusterFolders {
	const home = clusterHome(dataFolder, account);
	const cluster = path.join(home, 'postgres-18');
	let socket = path.join(home, 'run');
	if (Buffer.byteLength(socket) > longestSocketFolder) {
		const short = createHash('sha256').update(home).digest('hex').slice(0, 16);
		socket = path.join(os.tmpdir(), `hamkor-${short}`);
	}
	own(socket, account);
	return { cluster, socket };
}

function clusterHome(dataFolder: string, account: Account): string {
	if (account.uid === undefined) return dataFolder;
	const pointer = path.join(dataFolder, 'postgres-folder');
	const noted = readIfThere(pointer)?.trim();
	if (noted) {
		own(noted, account);
		return noted;
	}
	const inside = path.join(dataFolder, 'database');
	// Others may pass through the data folder to the database's own, and see nothing else on the way.
	chmodSync(dataFolder, 0o711);
	own(inside, account);
	if (spawnSync('ls', [inside], { ...account, cwd: '/' }).status === 0) return inside;
	rmdirSync(inside);
	const outside = path.join(systemFolder, `database-${randomUUID()}`);
	mkdirSync(systemFolder, { recursive: true, mode: 0o755 });
	own(outside, account);
	writeFileSync(pointer, `${outside}\n`, { mode: 0o600, flush: true });
	return outside;
}

/** Makes a folder that belongs to the account and is closed to all others. */
export function own(folder: string, { uid, gid }: Account): void {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	if (uid === undefined || gid === undefined) {
		// In a shared temporary folder someone else may have been there first.
		if (process.getuid && statSync(folder).uid !== process.getuid()) {
			throw new Error(`${folder} belongs to another account: remove it, then start again.`);
		}
		return;
	}
	chownSync(folder, uid, gid);
}
