import { randomBytes, timingSafeEqual } from 'node:crypto';
import { keyed } from './seal.server.ts';

/** How many people of a shared computer are remembered as having signed in there. */
const most = 6;

const mac = (signInName: string, nonce: string): Buffer => keyed('known device', `${signInName}\n${nonce}`);

/**
 * The device's own mark in its cookie, when it has signed in under this name before; null for any other device. The
 * cookie holds one `nonce.mac` per person; it names nobody.
 */
export function knownDevice(cookie: string | undefined, signInName: string): string | null {
	for (const entry of (cookie ?? '').slice(0, 1000).split('~').slice(0, most)) {
		const [nonce = '', given = ''] = entry.split('.');
		const bytes = Buffer.from(given, 'base64url');
		const right = mac(signInName, nonce);
		if (nonce !== '' && bytes.length === right.length && timingSafeEqual(bytes, right)) return nonce;
	}
	return null;
}

/** The cookie after a successful sign-in: this person first, the longest unused forgotten. */
export function rememberDevice(cookie: string | undefined, signInName: string): string {
	if (knownDevice(cookie, signInName) !== null) return cookie ?? '';
	const nonce = randomBytes(12).toString('base64url');
	const others = (cookie ?? '').slice(0, 1000).split('~').filter((entry) => /^[\w-]{16}\.[\w-]{43}$/.test(entry));
	return [`${nonce}.${mac(signInName, nonce).toString('base64url')}`, ...others].slice(0, most).join('~');
}
