import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { secret } from '../secrets.server.ts';

/** Keys for different purposes are derived from one secret, so that a value of one kind never passes for another. */
const keyFor = (purpose: string): Buffer => createHmac('sha256', secret('sign-in')).update(`key ${purpose}`).digest();

/** A keyed digest: what is looked up or counted without being kept, such as a name that was tried. */
export const keyed = (purpose: string, value: string): Buffer => createHmac('sha256', keyFor(purpose)).update(value).digest();

/** Encrypts with AES-256-GCM under the installation's sign-in key. @param purpose bound to the result: opened only with the same */
export function seal(purpose: string, text: string): Buffer {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', keyFor(purpose), nonce);
	const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Opens what {@link seal} closed; null when it was changed or sealed for another purpose. */
export function unseal(purpose: string, sealed: Buffer): string | null {
	if (sealed.length < 28) return null;
	try {
		const decipher = createDecipheriv('aes-256-gcm', keyFor(purpose), sealed.subarray(0, 12));
		decipher.setAuthTag(sealed.subarray(12, 28));
		return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
	} catch {
		return null;
	}
}
