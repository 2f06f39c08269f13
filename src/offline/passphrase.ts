/** Rounds of PBKDF2 below which no passphrase of ours is ever stretched (OWASP's figure for SHA-256). */
export const fewestRounds = 600_000;

/** Rounds above which a file that asks for them is not believed: it would only keep the device busy. */
export const mostRounds = 50_000_000;

/** Fewest characters of a passphrase. */
export const shortest = 10;

/** Milliseconds that trying one passphrase may take on the device where it was chosen. */
const patience = 1000;

/**
 * A passphrase as it is reckoned with. Every keyboard writes the apostrophe of oʻ and gʻ in its own way, and none of them
 * is wrong; blanks at the ends come from copying.
 */
export const folded = (passphrase: string): string => passphrase.replace(/['`´ʹʻʼʽʾʿ‘’‛′]/gu, 'ʼ').normalize('NFKC').trim();

/** Whether a passphrase is too short, or so uniform that its length says nothing. */
export function tooWeak(passphrase: string): boolean {
	const characters = [...folded(passphrase)];
	return characters.length < shortest || new Set(characters).size < 5;
}

const material = (passphrase: string): Promise<CryptoKey> =>
	crypto.subtle.importKey('raw', new TextEncoder().encode(folded(passphrase)), 'PBKDF2', false, ['deriveKey']);

/** The key that a passphrase stands for: PBKDF2 with SHA-256. It never leaves the browser's own keeping. */
export async function keyFromPassphrase(passphrase: string, salt: BufferSource, rounds: number): Promise<CryptoKey> {
	return crypto.subtle.deriveKey(
		{ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
		await material(passphrase),
		{ name: 'AES-GCM', length: 256 },
		false,
		['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']
	);
}

/** How many rounds this device does within a second, and never fewer than `fewestRounds`: a quick device makes guessing dearer. */
export async function roundsHere(): Promise<number> {
	const probe = 50_000;
	const began = performance.now();
	await keyFromPassphrase('measuring', new Uint8Array(16), probe);
	const each = Math.max(performance.now() - began, 1) / probe;
	return Math.min(Math.max(Math.round(patience / each / 1000) * 1000, fewestRounds), 5_000_000);
}
