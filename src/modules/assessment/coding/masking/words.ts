import { fold } from '#platform/search-fold.ts';

/** A word of a text, with positions in UTF-16 units. */
export type Word = {
	readonly text: string;
	readonly starts: number;
	readonly ends: number;
	/** The key under which spellings fall together: Latin, small, without apostrophes. */
	readonly key: string;
	readonly capital: boolean;
	/** First of a sentence, a line or a speech: its capital letter says nothing. */
	readonly first: boolean;
	/** What stands between it and the word before. */
	readonly gap: string;
};

const wordPattern = /[\p{L}\p{M}]+(?:[ʻʼ'’‘`´ʹ-]+[\p{L}\p{M}]+)*/gu;
const sentenceEnds = /^$|[.!?…:;\n]|[«"“„(\[]\s*$/u;

/** The words of a text, in order. A hyphenated word is one: `Salima-opa`, `Mirzo-Ulugʻbek`. */
export function wordsOf(text: string): Word[] {
	const keys = new Map<string, string>();
	const words: Word[] = [];
	let before = 0;
	for (const match of text.matchAll(wordPattern)) {
		const [word] = match;
		let key = keys.get(word);
		if (key === undefined) keys.set(word, (key = fold(word)));
		const gap = text.slice(before, match.index);
		words.push({ text: word, starts: match.index, ends: match.index + word.length, key, capital: /^\p{Lu}/u.test(word), first: words.length === 0 || endsSentence(gap, words.at(-1)), gap });
		before = match.index + word.length;
	}
	return words;
}

function endsSentence(gap: string, before: Word | undefined): boolean {
	// An initial's full stop ends nothing: "N. Karimova".
	if (/^\.\s?$/.test(gap) && before && before.text.length <= 2 && before.capital) return false;
	// Nor does that of "Mrs. Karimova".
	if (/^\.\s?$/.test(gap) && before && /^(?:Mr|Mrs|Ms|Dr|Prof|St)$/.test(before.text)) return false;
	return sentenceEnds.test(gap);
}

export const isCyrillic = (word: string): boolean => /\p{Script=Cyrillic}/u.test(word);

/** Endings that an Uzbek or Karakalpak noun takes, folded: number, possession, case, and what clings behind. */
const uzbekEndings = '(?:lar|ler)?(?:lari|larim|leri|lerim|im|ing|imiz|ingiz|si|i|m)?(?:ning|niki|dagi|degi|dan|den|tan|ten|nan|nen|da|de|ta|te|ni|nin|din|tin|di|ti|ga|ge|ka|ke|gacha|cha|dek|day|dir|day)?(?:mi|ku|chi|dir|am|da|u|yu|lik)?';
const honorificTail = '(?:hon|jon|oy|bek|boy|gul|bibi|hoja|begim|opa|aka|hola|amaki|buvi|oyi)';
const uzbekTail = new RegExp(`^(?:${honorificTail})?${uzbekEndings}$`);

/** Whether what follows a name within a word is an ending of Uzbek or Karakalpak (folded). */
export const isUzbekTail = (tail: string): boolean => tail === '' || uzbekTail.test(tail);

/** Endings of Russian cases behind a name without its last vowel (folded). */
const russianEndings = new Set(['', 'a', 'i', 'e', 'u', 'y', 'oy', 'oyu', 'ya', 'yu', 'ey', 'eyu', 'om', 'em', 'yom', 'iya', 'ii', 'iyu', 'iey', 'ie', 'iyey', 'am', 'ami', 'ah', 'iy', 'iya', 'iu']);
export const isRussianEnding = (tail: string): boolean => russianEndings.has(tail);

/** Whether what follows a name within a word is the possessive of English: `Nodira's`. */
export const isPossessive = (word: Word, tail: string): boolean => tail === 's' && possessive.test(word.text);
export const possessive = /['’ʼ]s$/u;
