import { fold } from '#platform/search-fold.ts';
import type { Found } from './kinds.ts';
import { knownPlaces, placeWordsAfter, placeWordsAfterRussian, placeWordsBefore } from './lexicon-places.ts';
import { isCyrillic, isRussianEnding, isUzbekTail, type Word } from './words.ts';

const folded = (name: string): string => fold(name).replaceAll(' ', '');
const known = new Set(knownPlaces.map(folded));
const common = new Set(['uzbekiston', 'uzbekistan', 'respublika', 'markaziy', 'yangi', 'katta', 'kichik', 'bizning', 'bu', 'shu', 'usha', 'butun', 'har', 'kaysi', 'nasha', 'nash', 'eta', 'etot', 'vsya', 'kajdiy', 'kajdaya', 'odna', 'odin', 'boshka', 'kushni', 'eski']);

/** How long the name of a place is at a word, in words, by the lists; 0: none begins here. */
function listed(words: readonly Word[], at: number, own: ReadonlySet<string>): number {
	for (let length = 3; length >= 1; length--) {
		const part = words.slice(at, at + length);
		if (part.length < length || !part[0]?.capital || part.some((word) => word.key.length > 40) || part.slice(1).some((word) => !/^[\s-]+$/.test(word.gap))) continue;
		if (isListed(part.map((word) => word.key.replaceAll(' ', '')).join(''), isCyrillic(part[0].text), own)) return length;
	}
	return 0;
}

function isListed(key: string, cyrillic: boolean, own: ReadonlySet<string>): boolean {
	for (let cut = key.length; cut >= 3; cut--) {
		const [stem, rest] = [key.slice(0, cut), key.slice(cut)];
		const is = (name: string): boolean => known.has(name) || own.has(name);
		if (is(stem) && (isUzbekTail(rest) || /^(?:lik|liklar)/.test(rest) || (cyrillic && isRussianEnding(rest)))) return true;
		if (cyrillic && rest.length <= 4 && isRussianEnding(rest) && (is(`${stem}a`) || is(`${stem}ya`))) return true;
		// "наманганский", "в Джизакской"
		if (cyrillic && /^(?:sk|esk)(?:iy|oy|ogo|omu|om|im|aya|uyu|ie|ih)$/.test(rest) && (is(stem) || is(`${stem}a`))) return true;
	}
	return false;
}

const startsWithAny = (key: string, stems: readonly string[]): boolean => stems.some((stem) => key.startsWith(stem));
const isNameLike = (word: Word | undefined): boolean => word !== undefined && ((word.capital && word.text.length > 1) || /^\d/.test(word.text)) && !common.has(word.key);

/**
 * Places named in a text: of the programme's own tree and of a list, and whatever a word such as mahalla, street or village
 * makes a place of.
 * @param own names of the programme's places in all their languages
 */
export function findPlaces(text: string, words: readonly Word[], own: readonly string[]): Found[] {
	const mine = new Set(own.map(folded).filter((name) => name.length >= 3 && !common.has(name)));
	const found: Found[] = [];
	const add = (from: number, to: number): void => {
		const [first, last] = [words[from], words[to]];
		if (first && last) found.push({ starts: first.starts, ends: last.ends, kind: 'place', sure: true, key: '', tail: '' });
	};
	for (const [i, word] of words.entries()) {
		const length = listed(words, i, mine);
		if (length > 0) add(i, i + length - 1);
		const spaced = /^[ \t"«»“”„'-]+$/.test(word.gap);
		if (!word.capital && spaced && startsWithAny(word.key, placeWordsAfter)) {
			let from = i;
			while (from > 0 && i - from < 3 && isNameLike(words[from - 1]) && (from === i || /^[ \t-]+$/.test(words[from]?.gap ?? ''))) from--;
			if (from < i) add(from, i - 1);
		}
		const next = words[i + 1];
		const lower = word.text.toLowerCase();
		if (isCyrillic(word.text) && next && isNameLike(next) && /^[.\s]*["«“„]?$/.test(next.gap) && next.gap !== '' && beforePlace(lower, next.gap)) {
			let to = i + 1;
			while (to - i < 3 && isNameLike(words[to + 1]) && /^[ \t-]+$/.test(words[to + 1]?.gap ?? '')) to++;
			add(i + 1, to);
		}
		if (isCyrillic(word.text) && isNameLike(word) && next && !next.capital && /(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую|ие|их)$/u.test(lower) && startsWithAny(next.text.toLowerCase(), placeWordsAfterRussian)) add(i, i);
	}
	return found;
}

function beforePlace(lower: string, gap: string): boolean {
	return placeWordsBefore.some((stem) => (stem.length <= 3 && stem !== 'мфй' && stem !== 'аул' ? lower === stem && (gap.includes('.') || stem === 'сел') : lower.startsWith(stem) && lower.length <= stem.length + 4));
}
