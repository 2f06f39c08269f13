import { findPatterns } from '#modules/assessment/coding/masking/patterns.ts';
import { fold } from '#platform/search-fold.ts';

/** A word, a number or a sign of a text, with positions in UTF-16 units. */
export type Token = {
	readonly kind: 'word' | 'number' | 'sign';
	readonly text: string;
	readonly starts: number;
	readonly ends: number;
	/** Small letters, ё as е: what Russian and English are read by. */
	readonly low: string;
	/** What Uzbek (in both scripts) and Karakalpak are read by, see `fold`. */
	readonly key: string;
	/** Nothing stands between it and what is before. */
	readonly glued: boolean;
};

const pieces = /(?<number>\d{1,3}(?:[ \u00A0\u202F]\d{3})+(?![\d.,]?\d)|\d+(?:[.,]\d+)?)|(?<word>[\p{L}\p{M}]+(?:[ʻʼ'’‘`´ʹ]+[\p{L}\p{M}]+)*)|(?<sign>\S)/gu;
const noClaims: readonly RegExp[] = [
	/\[[A-Z]-\d{2,6}\]/g,
	/https?:\/\/\S+/giu,
	/(?<!\d)\d{1,4}[./]\d{1,2}[./]\d{1,4}(?!\d)/g,
	/(?<![\d.,:])\d{1,2}:\d{2}(?![\d:])/g,
	/(?<!\d)\d+(?:\.\d+){2,}/g
];

/** A text with what names things by number (codes, addresses, days, hours, telephones, papers) blotted out, everything else where it was. */
function withoutLabels(text: string): string {
	const blot = (words: string): string => '·'.repeat(words.length);
	const plain = noClaims.reduce((rest, pattern) => rest.replace(pattern, blot), text);
	const named = findPatterns(plain).filter(({ kind }) => kind === 'phone' || kind === 'document');
	return named.reduce((rest, { starts, ends }) => rest.slice(0, starts) + blot(rest.slice(starts, ends)) + rest.slice(ends), plain);
}

/** What a text consists of, in order. */
export function tokensOf(text: string): Token[] {
	const tokens: Token[] = [];
	for (const match of withoutLabels(text).matchAll(pieces)) {
		const [found] = match;
		const kind = match.groups?.['number'] !== undefined ? 'number' : match.groups?.['word'] !== undefined ? 'word' : 'sign';
		const low = found.toLowerCase().replaceAll('ё', 'е');
		const starts = match.index;
		tokens.push({ kind, text: found, starts, ends: starts + found.length, low, key: kind === 'word' ? fold(found) : '', glued: tokens.at(-1)?.ends === starts });
	}
	return tokens;
}
