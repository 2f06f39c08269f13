import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { settings } from './settings.ts';

/** Where the content of a stored file lies: under its hash, in the data folder. */
export const fileAt = (sha256: Buffer): string => {
	const hex = sha256.toString('hex');
	return path.join(settings().HAMKOR_DATA, 'files', hex.slice(0, 2), hex.slice(2));
};

/** The content of a stored file, piece by piece, so that it is never whole in memory. Opened at once: what is not there throws here. */
export const contentOf = async (sha256: Buffer): Promise<Readable> => (await open(fileAt(sha256), 'r')).createReadStream();
