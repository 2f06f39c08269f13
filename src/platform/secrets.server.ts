import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { settings } from './settings.ts';

const bytes = 32;
const known = new Map<string, KeyObject>();

/**
 * A secret of this installation, 32 random bytes: the journal's digest key, the pepper of sessions and the like. It is made
 * at first use and kept in the data folder, readable by its owner alone. Several processes that share one external
 * database must share these files too.
 *
 * @param name lower-case letters, digits and hyphens
 */
export function secret(name: string): KeyObject {
	const remembered = known.get(name);
	if (remembered) return remembered;
	if (!/^[a-z][a-z0-9-]*$/.test(name)) throw new Error(`not a name for a secret: ${name}`);
	// As a key: made ready once, which is most of the work of a digest, and nothing prints it by mistake.
	const value = createSecretKey(readOrMake(path.join(settings().HAMKOR_DATA, 'secrets'), name));
	known.set(name, value);
	return value;
}

function readOrMake(folder: string, name: string): Buffer {
	const file = path.join(folder, name);
	const there = readIfThere(file);
	if (there) return there;
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	chmodSync(folder, 0o700);
	// Written aside and linked into place: whoever is first wins, and nobody ever reads half a secret.
	const aside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
	writeFileSync(aside, randomBytes(bytes).toString('base64url'), { mode: 0o600, flush: true });
	try {
		linkSync(aside, file);
	} catch (error) {
		if (!isCode(error, 'EEXIST')) throw error;
	} finally {
		unlinkSync(aside);
	}
	const made = readIfThere(file);
	if (!made) throw new Error(`the secret ${name} could not be kept`);
	return made;
}

function readIfThere(file: string): Buffer | null {
	try {
		const value = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
		if (value.length !== bytes) throw new Error(`${file} does not hold ${bytes} bytes: put back the file from a backup.`);
		return value;
	} catch (error) {
		if (isCode(error, 'ENOENT')) return null;
		throw error;
	}
}

const isCode = (error: unknown, code: string): boolean =>
	error instanceof Error && 'code' in error && error.code === code;
