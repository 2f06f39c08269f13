import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { settings } from '#platform/settings.ts';

/**
 * Bytes that wait for their turn, on disk. The file has no name any more once it is open: whatever happens to this process,
 * nothing of it stays behind.
 */
export class Spool {
	readonly #file: number;
	#length = 0;
	/** CRC-32 of what was added. */
	crc = 0;
	#closed = false;

	constructor() {
		const folder = path.join(settings().HAMKOR_DATA, 'exports');
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		const name = path.join(folder, `.${randomBytes(9).toString('base64url')}`);
		this.#file = openSync(name, 'wx+', 0o600);
		unlinkSync(name);
	}

	get length(): number {
		return this.#length;
	}

	add(piece: Uint8Array): void {
		this.crc = crc32(piece, this.crc);
		let done = 0;
		while (done < piece.length) done += writeSync(this.#file, piece, done, piece.length - done, this.#length + done);
		this.#length += piece.length;
	}

	/** What was added, in order, in pieces. */
	*pieces(size = 256 * 1024): Generator<Uint8Array> {
		for (let at = 0; at < this.#length; ) {
			const piece = Buffer.allocUnsafe(Math.min(size, this.#length - at));
			const read = readSync(this.#file, piece, 0, piece.length, at);
			if (read === 0) throw new Error('a spool is shorter than what was written to it');
			at += read;
			yield piece.subarray(0, read);
		}
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		closeSync(this.#file);
	}
}
