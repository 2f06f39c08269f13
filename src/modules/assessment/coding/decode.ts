/** What a text file was written in, as far as one can tell from its bytes. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251';

export type Decoded = { readonly text: string; readonly encoding: Encoding };

/**
 * Reads a text file whose encoding nobody states: a byte order mark is believed; then UTF-8, which nothing else happens to
 * be; then UTF-16 by the rhythm of its bytes; then windows-1251, in which older programs here save Cyrillic.
 * @returns null when it is none of these, or no text at all
 */
export function decodeText(bytes: Uint8Array): Decoded | null {
	const marked = byMark(bytes);
	if (marked) return decoded(bytes, marked);
	if (!bytes.includes(0)) {
		const utf8 = decoded(bytes, 'utf-8');
		if (utf8) return utf8;
	}
	const wide = byRhythm(bytes);
	if (wide) return decoded(bytes, wide);
	if (bytes.includes(0)) return null;
	const cyrillic = decoded(bytes, 'windows-1251');
	return cyrillic && looksCyrillic(cyrillic.text) ? cyrillic : null;
}

function byMark(bytes: Uint8Array): Encoding | null {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
	return null;
}

function decoded(bytes: Uint8Array, encoding: Encoding): Decoded | null {
	try {
		return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
	} catch {
		return null;
	}
}

/** In UTF-16 every second byte is the page of a letter: 0 for Latin, 4 for Cyrillic, 2 for ʻ. */
function byRhythm(bytes: Uint8Array): Encoding | null {
	if (bytes.length < 4 || bytes.length % 2 !== 0) return null;
	const pages = [0, 0];
	const seen = Math.min(bytes.length, 8192);
	for (let i = 0; i < seen; i++) {
		const byte = bytes[i];
		if (byte === 0 || byte === 2 || byte === 4 || byte === 0x20) pages[i % 2] = (pages[i % 2] ?? 0) + (byte === 0x20 ? 0 : 1);
	}
	const half = seen / 2;
	const [even = 0, odd = 0] = pages;
	if (odd > half * 0.9 && even < half * 0.5) return 'utf-16le';
	if (even > half * 0.9 && odd < half * 0.5) return 'utf-16be';
	return null;
}

/**
 * Whether a text read as windows-1251 is Cyrillic prose. Read wrongly, KOI8-R turns small letters into capitals and cp866
 * into signs, so small letters must prevail.
 */
function looksCyrillic(text: string): boolean {
	const beyond = text.match(/[^\u0000-\u007f]/g)?.length ?? 0;
	const small = text.match(/[а-яёўі]/g)?.length ?? 0;
	const capital = text.match(/[А-ЯЁЎІ]/g)?.length ?? 0;
	return beyond > 0 && small > beyond * 0.6 && small > capital * 2 && !/[\u0000-\u0008\u000e-\u001f\u0080-\u009f]/.test(text);
}
