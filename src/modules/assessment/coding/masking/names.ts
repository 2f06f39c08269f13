import { fold } from '#platform/search-fold.ts';
import type { Found } from './kinds.ts';
import { addressesBefore, givenNames, honorificsAfter, namesThatAreWords } from './lexicon-names.ts';
import { capitalised, notBeforeHonorific, speakers } from './lexicon-words.ts';
import { isCyrillic, isPossessive, isRussianEnding, isUzbekTail, possessive, type Word } from './words.ts';

const folded = (names: readonly string[]): Set<string> => new Set(names.map((name) => fold(name).replaceAll(' ', '')));
const names = folded([...givenNames, ...namesThatAreWords]);
const ambiguous = folded(namesThatAreWords);
const honorifics = new Set(honorificsAfter.map(fold));
const addresses = folded(addressesBefore);
const common = new Set(capitalised.map(fold));
const speaking = new Set(speakers.map(fold));
const noName = new Set(notBeforeHonorific);
/** Names without their last vowel, which Russian declines. */
const bases = new Map<string, string>();
for (const name of names) {
	const base = name.replace(/(?:iya|ya|a|i)$/, '');
	if (base.length >= 3) bases.set(base, name);
}

/** No name is longer; what is, is looked at no further, so that a text made to take long does not. */
const longestName = 50;

/** A word taken as part of a name: what stays the same in all its forms, and its ending. */
type Named = { readonly key: string; readonly tail: string; readonly sure: boolean };

/** Given names of the list, in any form. */
function givenName(word: Word): Named | null {
	const key = word.key.replaceAll(' ', '');
	for (let cut = key.length; cut >= 3; cut--) {
		const stem = key.slice(0, cut);
		const rest = key.slice(cut);
		if (names.has(stem) && (isUzbekTail(rest) || isPossessive(word, rest))) return certain(word, stem, rest);
		const base = isCyrillic(word.text) && rest.length <= 5 ? bases.get(stem) : undefined;
		if (base !== undefined && isRussianEnding(rest)) return certain(word, base, '');
		if (isCyrillic(word.text) && names.has(stem) && isRussianEnding(rest)) return certain(word, stem, '');
	}
	return null;
}

/** A name that is a word as well counts only where it is written as a name; a short one may be anything in small letters. */
function certain(word: Word, key: string, rest: string): Named | null {
	if (!word.capital && (ambiguous.has(key) || key.length <= 4)) return null;
	return { key, tail: uzbekTailOf(word, rest), sure: !ambiguous.has(key) || !word.first };
}

/** The ending as it is written, kept readable behind the mark; Russian endings belong to their word and go with it. */
function uzbekTailOf(word: Word, rest: string): string {
	if (rest === 's') return possessive.exec(word.text)?.[0] ?? '';
	const known = /(?:lar)?(?:imiz|ingiz|im|ing|si)?(?:ning|niki|dagi|dan|da|ni|ga|cha|dek|day|нинг|ники|даги|дан|да|ни|га|ча|дек|дай)$/u.exec(word.text);
	return rest !== '' && known ? known[0] : '';
}

const surnameUzbek = /(?:ov|ev|ova|eva|yev|yeva)(?=(?:lar|im|ning|niki|ni|ga|dan|da|mi|ham)*$)/;
const surnameRussian = /(?:ов|ев|ёв|ин|ын)(?:а|у|ой|ою|ым|е|ых|ыми|ы)?$|(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую)$/u;
const patronymicUzbek = /(?:ovich|evich|yevich|ovna|evna|yevna)(?:ning|ni|ga|dan|da)?$/;
const patronymicRussian = /(?:ович|евич|ич)(?:а|у|ем|ом|е)?$|(?:овн|евн|ичн)(?:а|ы|е|у|ой)$/u;

/** Surnames and patronymics by their form. */
function familyName(word: Word, before: Word | undefined): Named | null {
	if (!word.capital || word.key.length < 5) return null;
	const key = word.key.replaceAll(' ', '');
	if (common.has(key)) return null;
	const cyrillic = isCyrillic(word.text);
	const lower = word.text.toLowerCase();
	const patronymic = cyrillic ? patronymicRussian.test(lower) : patronymicUzbek.test(key);
	const surname = cyrillic ? surnameRussian.test(lower) || surnameUzbek.test(key) : surnameUzbek.test(key);
	if (!patronymic && !surname) return null;
	const isEasy = /(?:ин|ын|ина|ины)$/u.test(lower) && word.first && !(before && isInitial(before));
	return isEasy ? null : { key: key.replace(/(?:ning|ni|ga|dan|da)$/, '').replace(/(?:a|u|oy|im|e|i|om)$/, ''), tail: cyrillic ? '' : uzbekTailOf(word, '-'), sure: true };
}

const isInitial = (word: Word): boolean => word.capital && word.text.length <= 2;

const isHonorific = (word: Word | undefined): boolean => word !== undefined && !word.capital && [...honorifics].some((each) => word.key === each || (word.key.startsWith(each) && isUzbekTail(word.key.slice(each.length)) && each.length >= 3));

/** A word with a capital letter that how it is addressed, or where it stands, makes a name. */
function byPosition(word: Word, before: Word | undefined, after: Word | undefined, text: string): Named | null {
	const key = word.key.replaceAll(' ', '');
	if (!word.capital || common.has(key)) return null;
	const stem = key.replace(/(?:ning|niki|dagi|dan|da|ni|ga|lar)$/, '');
	const joined = /^(?<name>[^-]+)-(?<how>\p{L}+)/u.exec(word.text);
	if (joined?.groups && isHonorificKey(fold(joined.groups['how'] ?? ''))) return { key: fold(joined.groups['name'] ?? ''), tail: '', sure: true };
	if (isHonorific(after) && /^[ \t-]+$/.test(after?.gap ?? '') && !noName.has(key)) return { key: stem, tail: '', sure: true };
	if (before && addresses.has(before.key) && /^[ \t]+$/.test(word.gap)) return { key: stem, tail: '', sure: true };
	if (before && isInitial(before) && /^\.\s?$/.test(word.gap)) return { key: stem, tail: '', sure: true };
	const label = text.slice(word.ends, word.ends + 2);
	if (word.first && /^\s?:/.test(label) && /(?:^|\n)[\s*–—-]*$/.test(word.gap.slice(-20)) && !speaking.has(key) && key.length > 2) return { key: stem, tail: '', sure: false };
	if (!word.first && /\p{Ll}/u.test(word.text)) return { key: stem, tail: '', sure: false };
	return null;
}

const isHonorificKey = (key: string): boolean => [...honorifics].some((each) => key === each || (key.startsWith(each) && isUzbekTail(key.slice(each.length))));

/** Names of people in a text. @param taken whether a word is part of something else already */
export function findNames(text: string, words: readonly Word[], taken: (word: Word) => boolean): Found[] {
	const named = words.map((word, i): Named | null => {
		if (taken(word) || word.key.length > longestName) return null;
		return givenName(word) ?? familyName(word, words[i - 1]) ?? byPosition(word, words[i - 1], words[i + 1], text);
	});
	spread(words, named, taken);
	return joined(words, named, text);
}

/** A name once found is found everywhere, at the start of sentences too. */
function spread(words: readonly Word[], named: (Named | null)[], taken: (word: Word) => boolean): void {
	const keys = new Set(named.flatMap((each, i) => (each && each.key.length >= 4 && !ambiguous.has(each.key) && words[i]?.capital ? [each.key] : [])));
	for (const [i, word] of words.entries()) {
		if (named[i] || taken(word) || !word.capital || word.key.length > longestName) continue;
		const key = word.key.replaceAll(' ', '');
		for (let cut = key.length; cut >= 4; cut--) {
			const stem = key.slice(0, cut);
			if (!keys.has(stem) || !(isUzbekTail(key.slice(cut)) || isPossessive(word, key.slice(cut)) || isRussianEnding(key.slice(cut)))) continue;
			named[i] = { key: stem, tail: uzbekTailOf(word, key.slice(cut)), sure: true };
			break;
		}
	}
}

/** Words of one name as one passage: initials before, honorifics and oʻgʻli/qizi behind. */
function joined(words: readonly Word[], named: readonly (Named | null)[], text: string): Found[] {
	const found: Found[] = [];
	for (let i = 0; i < words.length; i++) {
		const [word, name] = [words[i], named[i]];
		if (!word || !name) continue;
		let { starts } = word;
		const before = words[i - 1];
		if (before && !named[i - 1] && isInitial(before) && /^\.?\s?$/.test(word.gap) && text.charAt(before.ends) === '.') starts = initialsStart(words, i - 1, text);
		let last = i;
		let tail = name.tail;
		let sure = name.sure;
		let key = name.key;
		while (words[last + 1] && /^[ \t]+$/.test(words[last + 1]?.gap ?? '')) {
			const next = named[last + 1];
			if (next) {
				if (!sure && next.sure) key = next.key;
				sure ||= next.sure;
				tail = next.tail;
			} else if (/^(?:o[ʻʼ'’‘`]g[ʻʼ'’‘`]li|qizi|ўғли|қизи|угли|кизи|ўғил)\p{L}*$/iu.test(words[last + 1]?.text ?? '')) {
				sure = true;
				tail = '';
			} else break;
			last++;
		}
		const ends = words[last]?.ends ?? word.ends;
		found.push({ starts, ends, kind: 'name', sure, key, tail: text.endsWith(tail, ends) ? tail : '' });
		i = last;
	}
	return found;
}

function initialsStart(words: readonly Word[], at: number, text: string): number {
	let first = at;
	while (first > 0) {
		const before = words[first - 1];
		if (!before || !isInitial(before) || text.charAt(before.ends) !== '.' || !/^\.\s?$/.test(words[first]?.gap ?? '')) break;
		first--;
	}
	return words[first]?.starts ?? 0;
}
