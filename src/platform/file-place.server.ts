import path from 'node:path';
import { settings } from './settings.ts';

/** Where the content of a stored file lies: under its hash, in the data folder. */
export const fileAt = (sha256: Buffer): string => {
	const hex = sha256.toString('hex');
	return path.join(settings().HAMKOR_DATA, 'files', hex.slice(0, 2), hex.slice(2));
};
