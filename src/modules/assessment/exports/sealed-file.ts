import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Bytes of plain text in one part. */
const partSize = 256 * 1024;
const tagSize = 16;

/** A new key: for one file and no other. */
export const newFileKey = (): Buffer => randomBytes(32);

/** Part numbers serve as nonces, since a key seals one file; the last part is marked, so that a file cut short is found out. */
function nonceOf(part: number, last: boolean): Buffer {
	const nonce = Buffer.alloc(12);
	nonce.writeUInt32BE(part, 7);
	nonce[11] = last ? 1 : 0;
	return nonce;
}

function sealPart(key: Uint8Array, plain: Uint8Array, part: number, last: boolean): Buffer {
	const cipher = createCipheriv('aes-256-gcm', key, nonceOf(part, last));
	return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function openPart(key: Uint8Array, sealed: Uint8Array, part: number, last: boolean): Uint8Array<ArrayBuffer> {
	const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(part, last));
	decipher.setAuthTag(sealed.subarray(-tagSize));
	return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, -tagSize)), decipher.final()]));
}

/**
 * Seals bytes as they come: AES-256-GCM in parts of {@link partSize}, after the STREAM construction (Hoang, Reyhanitabar, Rogaway,
 * Vizár 2015): no part can be changed, moved, left out or cut off at the end without being found out.
 * @yields the parts, in order
 */
export async function* sealed(key: Uint8Array, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
	let part = 0;
	yield* inParts(pieces, partSize, (plain, last) => sealPart(key, plain, part++, last));
}

/** Opens what {@link sealed} made. @throws Error when it was changed or cut short, or the key is another's */
export async function* opened(key: Uint8Array, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
	let part = 0;
	yield* inParts(pieces, partSize + tagSize, (bytes, last) => openPart(key, bytes, part++, last));
}

/** Cuts pieces into parts of one size; the last is what is left, and may be empty. */
async function* inParts<T>(pieces: AsyncIterable<Uint8Array>, size: number, make: (part: Uint8Array, last: boolean) => T): AsyncGenerator<T, void> {
	let waiting = Buffer.alloc(0);
	for await (const piece of pieces) {
		waiting = Buffer.concat([waiting, piece]);
		// One part is always held back: whether it is the last is not known before more has come.
		while (waiting.length > size) {
			yield make(waiting.subarray(0, size), false);
			waiting = waiting.subarray(size);
		}
	}
	yield make(waiting, true);
}
