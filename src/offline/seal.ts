/** Bytes as they lie on the device: AES-256-GCM under a nonce of their own. */
export type Sealed = { readonly iv: Uint8Array<ArrayBuffer>; readonly bytes: ArrayBuffer };

/** What lies there cannot be read: another key, or it was changed. */
export class Unreadable extends Error {}

const text = new TextEncoder();

/** Random bytes. */
export const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

/**
 * Seals bytes.
 * @param name what they are; they open under the same name only, so that nothing can be put into another's place
 */
export async function seal(key: CryptoKey, bytes: BufferSource, name: string): Promise<Sealed> {
	const iv = random(12);
	return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: text.encode(name) }, key, bytes) };
}

/** Opens what `seal` has sealed under the same name. @throws Unreadable */
export async function unseal(key: CryptoKey, { iv, bytes }: Sealed, name: string): Promise<ArrayBuffer> {
	try {
		return await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: text.encode(name) }, key, bytes);
	} catch (cause) {
		throw new Unreadable('another key, or changed', { cause });
	}
}

/** Seals a value that JSON can hold. */
export const sealValue = (key: CryptoKey, value: unknown, name: string): Promise<Sealed> => seal(key, text.encode(JSON.stringify(value)), name);

/** Opens a value sealed by `sealValue`. @throws Unreadable */
export async function unsealValue(key: CryptoKey, sealed: Sealed, name: string): Promise<unknown> {
	return JSON.parse(new TextDecoder().decode(await unseal(key, sealed, name)));
}

/** Whether the browser has what sealing needs; it has not on an address without TLS. */
export const canSeal = (): boolean => globalThis.isSecureContext && 'subtle' in crypto && 'indexedDB' in globalThis;
