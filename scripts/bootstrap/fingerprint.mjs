import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * One hash over the names and contents of files and folders, in a stable order.
 *
 * @param {string} root what the names are relative to
 * @param {string[]} names files or folders; those that are not there count as absent
 * @param {(name: string) => boolean} [wanted] leaves out what returns false
 */
export function fingerprint(root, names, wanted = () => true) {
	const hash = createHash('sha256');
	for (const name of names.flatMap((each) => filesUnder(root, each)).sort()) {
		if (!wanted(name)) continue;
		hash.update(name).update('\0').update(readFileSync(path.join(root, name))).update('\0');
	}
	return hash.digest('hex');
}

/** @param {string} root @param {string} name @returns {string[]} */
function filesUnder(root, name) {
	const full = path.join(root, name);
	if (!existsSync(full)) return [];
	if (!statSync(full).isDirectory()) return [name];
	return readdirSync(full).flatMap((entry) => filesUnder(root, `${name}/${entry}`));
}
