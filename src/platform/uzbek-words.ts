import { latinIrregular, spellings } from '#platform/uzbek-spellings.ts';

/**
 * One word of Uzbek from one script to the other: rules of the 1995 orthography first, spellings that no rule gives
 * from `uzbek-spellings.ts`. Words come without hyphens; apostrophes in Latin words may be of any kind.
 */

const vowels = 'аеёиоуўэюяы';
const softening = 'еёюя';

const latinOfLetter: Record<string, string> = {
	а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', ё: 'yo', ж: 'j', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm', н: 'n',
	о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'x', ч: 'ch', ш: 'sh', щ: 'sh', ы: 'i', э: 'e',
	ю: 'yu', я: 'ya', ў: 'oʻ', қ: 'q', ғ: 'gʻ'
};

const cyrillicOfLetter: Record<string, string> = {
	a: 'а', b: 'б', c: 'с', d: 'д', f: 'ф', g: 'г', h: 'ҳ', i: 'и', j: 'ж', k: 'к', l: 'л', m: 'м', n: 'н', o: 'о',
	p: 'п', q: 'қ', r: 'р', s: 'с', t: 'т', u: 'у', v: 'в', w: 'в', x: 'х', y: 'й', z: 'з'
};

function isUpper(letter: string | undefined): boolean {
	return letter !== undefined && letter !== letter.toLowerCase();
}

/** ц: `ts` after a vowel, `s` at the start, after a consonant, doubled, and at the end after а or и (abzas, shpris). */
function latinOfTse(before: string | undefined, after: string | undefined): string {
	if (before === undefined || !vowels.includes(before) || after === 'ц') return 's';
	return after === undefined && (before === 'а' || before === 'и') ? 's' : 'ts';
}

/** The Latin of the letter at `at`, or of the irregular stem that starts there, and how many letters that took. */
function latinPiece(lower: string, at: number): { piece: string; length: number } {
	for (const [stem, latin] of latinIrregular) {
		if (lower.startsWith(stem, at)) return { piece: latin, length: stem.length };
	}
	const letter = lower.charAt(at);
	const before = at > 0 ? lower.charAt(at - 1) : undefined;
	const after = at + 1 < lower.length ? lower.charAt(at + 1) : undefined;
	const one = (piece: string) => ({ piece, length: 1 });
	switch (letter) {
		case 'ц':
			return one(latinOfTse(before, after));
		case 'е':
			return one(before === undefined || vowels.includes(before) || 'ьъ'.includes(before) ? 'ye' : 'e');
		case 'ҳ':
			// Without the mark, с + ҳ would read as ш.
			return one(before === 'с' ? 'ʼh' : 'h');
		case 'ь':
			return one(after === 'о' ? 'y' : '');
		case 'ъ': {
			const silent = before === 'ў' || (before !== undefined && !vowels.includes(before) && after !== undefined && softening.includes(after));
			return one(silent ? '' : 'ʼ');
		}
		default:
			return one(latinOfLetter[letter] ?? letter);
	}
}

/** A Latin piece in the case of the Cyrillic it came from: Шарқ is Sharq, ШАРҚ is SHARQ, Ш. is Sh. */
function inCaseOf(piece: string, source: string, before: string | undefined, after: string | undefined): string {
	if (!isUpper(source.charAt(0))) return piece;
	const loud = source.length > 1 ? isUpper(source.charAt(1)) : isUpper(after) || (after === undefined && isUpper(before));
	return loud ? piece.toUpperCase() : piece.charAt(0).toUpperCase() + piece.slice(1);
}

/** One Cyrillic word in Latin, with ʻ (U+02BB) in oʻ and gʻ and ʼ (U+02BC) for ъ. Letters it does not know stay. */
export function wordToLatin(word: string): string {
	const lower = word.toLowerCase();
	let out = '';
	for (let at = 0; at < lower.length; ) {
		const { piece, length } = latinPiece(lower, at);
		const after = at + length < word.length ? word.charAt(at + length) : undefined;
		out += inCaseOf(piece, word.slice(at, at + length), at > 0 ? word.charAt(at - 1) : undefined, after);
		at += length;
	}
	return out;
}

type Spelling = {
	cyrillic: string;
	/** Holds only where a word begins, or only where it ends. */
	atStart: boolean;
	atEnd: boolean;
};

/** Latin form -> how it is spelled in Cyrillic; keys are derived, so the list holds each word once. */
const byLatin = new Map<string, Spelling[]>();
let longest = 0;
for (const entry of spellings) {
	const cyrillic = entry.replace(/[\^$]/g, '');
	const atEnd = entry.endsWith('$');
	// A stem is read as it sounds before an ending (аци- is atsi-), a whole word as it stands.
	const latin = atEnd || !cyrillic.endsWith('ц') ? wordToLatin(cyrillic) : wordToLatin(cyrillic + 'и').slice(0, -1);
	const key = latin.replaceAll('ʻ', 'ʼ');
	const same = byLatin.get(key) ?? [];
	same.push({ cyrillic, atStart: entry.startsWith('^'), atEnd });
	byLatin.set(key, same);
	longest = Math.max(longest, key.length);
}

function spellingAt(lower: string, at: number): { cyrillic: string; length: number } | undefined {
	for (let length = Math.min(longest, lower.length - at); length >= 2; length--) {
		const ends = at + length === lower.length;
		const found = byLatin
			.get(lower.slice(at, at + length))
			?.find((spelling) => (!spelling.atStart || at === 0) && (!spelling.atEnd || ends));
		if (found === undefined) continue;
		// The soft sign that closes a word goes when an ending follows: рицарь, рицарлик.
		const cyrillic = found.cyrillic.endsWith('ь') && !ends ? found.cyrillic.slice(0, -1) : found.cyrillic;
		return { cyrillic, length };
	}
	return undefined;
}

/** Endings before which t and s belong to different parts of a word: aytsa, ketsin, otsiz, adolatsevar. */
const apartAfterT = /^s(a|am|ang|ak|angiz|alar|alarda|in|inlar|inmi|iz(?!m)\p{L}*|evar\p{L}*|oz\p{L}*|ifat\p{L}*|oʼ\p{L}*)$/u;
/** Loan endings where s after a consonant stands for ц: aksiya, funksional, konsert. */
const tseAfterConsonant: [before: RegExp, from: RegExp][] = [
	[/[nkp]$/, /^si(ya|on)/],
	[/n$/, /^si(al|at|oz|omet)/],
	[/n$/, /^s(ent|ert|ern|ep[st]|ip|ess|ler|elyar)/],
	[/k$/, /^s(ent|ept|eler|esso)/],
	[/s$/, /^sen(a|t|ir|ts|sya|siya)/]
];

/** Loan words of five letters and more end in -ель, not -ел: model, panel, akvarel. Native words in -el are shorter. */
const softEnding = /([bdfgjlmnprstvz]|sh)el$/;

function cyrillicPiece(lower: string, at: number): { piece: string; length: number } {
	const known = spellingAt(lower, at);
	if (known !== undefined) return { piece: known.cyrillic, length: known.length };
	const before = at > 0 ? lower.charAt(at - 1) : undefined;
	const rest = lower.slice(at);
	const two = (piece: string) => ({ piece, length: 2 });
	if (rest.startsWith('sʼh')) return { piece: 'сҳ', length: 3 };
	if (rest.startsWith('sh')) return two('ш');
	if (rest.startsWith('ch')) return two('ч');
	if (rest.startsWith('oʼ')) return two('ў');
	if (rest.startsWith('gʼ')) return two('ғ');
	if (rest.startsWith('ts') && rest.charAt(2) !== 'h' && !apartAfterT.test(rest.slice(1))) return two('ц');
	if (rest.startsWith('ya')) return two('я');
	if (rest.startsWith('yu')) return two('ю');
	if (rest.startsWith('yo') && rest.charAt(2) !== 'ʼ') return two('ё');
	const afterConsonant = before !== undefined && !'aeiouyʼ'.includes(before);
	if (rest.startsWith('ye')) return two(afterConsonant ? 'ье' : 'е');
	if (at >= 3 && at === lower.length - 2 && softEnding.test(lower)) return { piece: 'ель', length: 2 };
	const one = (piece: string) => ({ piece, length: 1 });
	if (rest.startsWith('e')) {
		const marked = before === 'ʼ' && 'aeiou'.includes(lower.charAt(at - 2));
		return one(before === undefined || marked || 'aeiou'.includes(before) ? 'э' : 'е');
	}
	if (rest.startsWith('ʼ')) return one('ъ');
	const head = lower.slice(0, at);
	if (tseAfterConsonant.some(([left, right]) => left.test(head) && right.test(rest))) return one('ц');
	return one(cyrillicOfLetter[rest.charAt(0)] ?? rest.charAt(0));
}

/** Everything that is typed for ʻ and ʼ. */
export const apostrophes = 'ʻʼ‘’\'`´′ʹ';
const anyApostrophe = new RegExp(`[${apostrophes}]`, 'g');

/** One Latin word in Cyrillic. Apostrophes of any kind are read; letters it does not know stay. */
export function wordToCyrillic(word: string): string {
	const lower = word.toLowerCase().replace(anyApostrophe, 'ʼ');
	let out = '';
	for (let at = 0; at < lower.length; ) {
		const { piece, length } = cyrillicPiece(lower, at);
		const source = word.slice(at, at + length);
		// One letter for two takes the first one's case; of a longer piece, each letter stands in its own word's case.
		if (piece.length === 1 || !isUpper(source.charAt(0))) out += isUpper(source.charAt(0)) ? piece.toUpperCase() : piece;
		else out += isUpper(source.charAt(1)) ? piece.toUpperCase() : piece.charAt(0).toUpperCase() + piece.slice(1);
		at += length;
	}
	return out;
}
