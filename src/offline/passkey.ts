import type { Way } from './head.ts';
import { random, seal } from './seal.ts';

/** This passkey yields no key: the device or the browser cannot derive one. */
export class NoPrf extends Error {}

/** Whether a passkey of this device may yield a key; only making one tells for sure. */
export async function passkeysHere(): Promise<boolean> {
	if (!('PublicKeyCredential' in globalThis)) return false;
	return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false);
}

/**
 * A way by a passkey of this device. It signs nobody in: the server never hears of it, and only what it derives (PRF) is used.
 * @throws NoPrf
 */
export const byPasskey = (name: string) => async (key: CryptoKey): Promise<Way> => {
	const salt = random(32);
	const made = await navigator.credentials.create({
		publicKey: {
			challenge: random(32),
			rp: { name: 'Hamkor' },
			user: { id: random(16), name, displayName: name },
			pubKeyCredParams: [{ type: 'public-key', alg: -7 }, { type: 'public-key', alg: -257 }],
			authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
			extensions: { prf: { eval: { first: salt } } }
		}
	});
	if (!(made instanceof PublicKeyCredential)) throw new NoPrf('no passkey');
	const opener = (await openerOf(made)) ?? (await ask(made.rawId, salt));
	if (!opener) throw new NoPrf('no key derived');
	const { iv, bytes } = await seal(opener, await crypto.subtle.exportKey('raw', key), 'key');
	return { kind: 'passkey', credential: made.rawId, salt, iv, wrapped: bytes };
};

/** Asks for the passkey and hands over its key; undefined when the person gave up. */
export const passkeyKey = ({ credential, salt }: Extract<Way, { kind: 'passkey' }>): Promise<CryptoKey | undefined> => ask(credential, salt);

async function ask(credential: ArrayBuffer, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey | undefined> {
	const found = await navigator.credentials
		.get({
			publicKey: {
				challenge: random(32),
				allowCredentials: [{ type: 'public-key', id: credential }],
				userVerification: 'required',
				extensions: { prf: { eval: { first: salt } } }
			}
		})
		.catch(() => null);
	return found instanceof PublicKeyCredential ? openerOf(found) : undefined;
}

async function openerOf(credential: PublicKeyCredential): Promise<CryptoKey | undefined> {
	const derived = credential.getClientExtensionResults().prf?.results?.first;
	if (derived === undefined) return undefined;
	const material = await crypto.subtle.importKey('raw', derived, 'HKDF', false, ['deriveKey']);
	const info = new TextEncoder().encode('hamkor offline');
	return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
