import { numberWords } from '#platform/number-words.ts';
import { fold } from '#platform/search-fold.ts';
import { isLabel, type Tongue } from './nouns.ts';
import type { Token } from './tokens.ts';

/** A number as it stands in a text, in digits or words, from token `at` up to but not including `to`. */
export type Quantity = {
	readonly at: number;
	readonly to: number;
	readonly value: number;
	/** As it is shown to a person and compared: with the decimals that were written. */
	readonly text: string;
	/** Of words: whose. Digits belong to everybody. */
	readonly tongue: Tongue | null;
	/** It ends as in "10 tadan", "uchdan": a part is taken of it. */
	readonly from: boolean;
	/** It ends as in "oʻnta", "40 ta", "yettitasi": it counts something, and is no name of a year. */
	readonly counted: boolean;
};

const turkic = new Map<string, number>([
	...Object.entries({ ...numberWords.uz, ...numberWords.kaa, ming: 1000, mıń: 1000, million: 1_000_000 }).map(([word, value]): [string, number] => [fold(word), value]),
	['bitta', 1], ['ekev', 2], ['altav', 6], ['jetev', 7]
]);
const turkicEnding = /^(?:ta)?(?:ov|av|ev)?(?:si|i)?(?<to>ning|nin|din|tin|ga|ge|ka|ke|da|de|ta|te|ni)?(?<from>dan|den|tan|ten|nan|nen)?$/;

const obliqueRussian: Readonly<Record<number, string>> = {
	1: 'одна одно одного одной одну одному одним', 2: 'две двух двум двумя двое двоих двоим двоими', 3: 'трех трем тремя трое троих троим троими', 4: 'четырех четырем четырьмя четверо четверых четверым',
	5: 'пяти пятью пятеро пятерых пятерым', 6: 'шести шестью шестеро шестерых шестерым', 7: 'семи семью семеро семерых семерым', 8: 'восьми восемью', 9: 'девяти девятью', 10: 'десяти десятью', 11: 'одиннадцати', 12: 'двенадцати',
	13: 'тринадцати', 14: 'четырнадцати', 15: 'пятнадцати', 16: 'шестнадцати', 17: 'семнадцати', 18: 'восемнадцати', 19: 'девятнадцати', 20: 'двадцати', 30: 'тридцати', 40: 'сорока',
	50: 'пятидесяти', 60: 'шестидесяти', 70: 'семидесяти', 80: 'восьмидесяти', 90: 'девяноста', 100: 'ста', 200: 'двухсот', 300: 'трехсот', 400: 'четырехсот', 500: 'пятисот',
	1000: 'тысяча тысячи тысяч тысячу тыс', 1_000_000: 'миллион миллиона миллионов млн'
};
const russian = new Map<string, number>([
	...Object.entries(numberWords.ru),
	...Object.entries(obliqueRussian).flatMap(([value, words]) => words.split(' ').map((word): [string, number] => [word, Number(value)]))
]);
const { oh: _said, ...written } = numberWords.en;
const english = new Map<string, number>([...Object.entries(written), ['thousand', 1000], ['million', 1_000_000]]);

type Word = { readonly value: number; readonly ended: boolean; readonly from: boolean; readonly counted: boolean };

function wordIn({ kind, low, key }: Token, tongue: Tongue): Word | null {
	if (kind !== 'word') return null;
	const exact = (value: number | undefined): Word | null => (value === undefined ? null : { value, ended: false, from: false, counted: false });
	if (tongue === 'russian') return exact(russian.get(low));
	if (tongue === 'english') return exact(english.get(low));
	for (let length = key.length; length > 1; length--) {
		const value = turkic.get(key.slice(0, length));
		const ending = value === undefined ? null : turkicEnding.exec(key.slice(length));
		if (value !== undefined && ending) return { value, ended: length < key.length, from: ending.groups?.['from'] !== undefined, counted: /^(?:ta|ov|av|ev)/.test(key.slice(length)) || key.startsWith('bitta') };
	}
	return null;
}

/** Words of numbers put together: "ikki yuz besh", "семьдесят пять", "twenty-five". Null where none begins here. */
function inWords(tokens: readonly Token[], at: number, tongue: Tongue, before = 0): Quantity | null {
	let [whole, part, last] = [0, before, Number.POSITIVE_INFINITY];
	let to = at;
	let word: Word | null = null;
	for (let i = at; i < tokens.length; ) {
		const found = wordIn(tokens[i] ?? blank, tongue);
		if (!found) break;
		const { value } = found;
		if (value >= 1000) [whole, part, last] = [whole + Math.max(1, part) * value, 0, Number.POSITIVE_INFINITY];
		else if (value === 100 && part > 0 && part < 10 && last < 10) [part, last] = [part * 100, 100];
		else if (value < last && (last === Number.POSITIVE_INFINITY || value < 10 || last >= 100)) [part, last] = [part + value, value < 10 ? 0 : value];
		else break;
		[word, to] = [found, ++i];
		if (found.ended) break;
		const next = tokens[i];
		if (tongue === 'english' && (next?.low === 'and' || (next?.text === '-' && next.glued)) && wordIn(tokens[i + 1] ?? blank, tongue)) i++;
	}
	if (!word) return null;
	const value = whole + part;
	return { at, to, value, text: String(value), tongue, from: word.from, counted: word.counted };
}
const blank: Token = { kind: 'sign', text: '', starts: 0, ends: 0, low: '', key: '', glued: false };

const counter = /^(?:ta|tasi|tasini|tasining|tadan|tasidan)$/;
const caseEnding = /^(?:si|i|ga|ge|ka|ke|ni|ning|dan|den|tan|ten|nan|nen|sini|sining)$/;
const taken = /(?:dan|den|tan|ten|nan|nen)$/;
const thousand = /^(?:ming|min|mln|million)$/;

/** A number in digits, unless it is the name of something: behind "№" or "article", with a hyphen and a word; nor half of "1/3", which `fractionsIn` reads. */
function inDigits(tokens: readonly Token[], at: number): Quantity | null {
	const token = tokens[at] ?? blank;
	const [before, earlier] = [tokens[at - 1], tokens[at - 2]];
	if (before && (/^[№#§+]$/.test(before.text) || isLabel(before) || (before.text === '.' && isLabel(earlier)))) return null;
	if (token.glued && before && (before.kind === 'word' || (/[-–/.:]/.test(before.text) && before.glued && earlier?.kind === 'word'))) return null;
	if ((before?.text === '/' && token.glued) || (tokens[at + 1]?.text === '/' && tokens[at + 1]?.glued && tokens[at + 2]?.kind === 'number')) return null;
	const plain = token.text.replace(/[ \u00A0\u202F]/g, '').replace(/,(?=\d{3}$)/, '');
	let [to, from, counted] = [at + 1, false, /\D/.test(token.text)];
	let next = tokens[to];
	if (next?.glued && /[-–]/.test(next.text) && tokens[to + 1]?.kind === 'word' && tokens[to + 1]?.glued) {
		if (!counter.test(tokens[to + 1]?.key ?? '') && !/^(?:nafar|foiz|payiz|prosent)/.test(tokens[to + 1]?.key ?? '')) return null;
		next = tokens[++to];
	} else if (next?.kind === 'word' && next.glued && !counter.test(next.key) && !caseEnding.test(next.key)) return null;
	if (next?.kind === 'word' && (counter.test(next.key) || caseEnding.test(next.key))) {
		[to, from, counted] = [to + 1, taken.test(next.key), counted || counter.test(next.key)];
	} else if (next?.kind === 'word' && (thousand.test(next.key) || (russian.get(next.low) ?? 0) >= 1000 || (english.get(next.low) ?? 0) >= 1000)) {
		const times = russian.get(next.low) ?? english.get(next.low) ?? turkic.get(next.key) ?? 1_000_000;
		const value = Number(plain.replace(',', '.')) * times;
		const ta = counter.test(tokens[to + 1]?.key ?? '');
		return { at, to: to + (ta ? 2 : 1), value, text: String(value), tongue: null, from: false, counted: true };
	}
	return { at, to, value: Number(plain.replace(',', '.')), text: plain, tongue: null, from, counted };
}

/** Whether a number in digits looks like a year of the calendar, and nothing says that it counts. */
export const isYear = ({ tongue, counted, text }: Quantity): boolean => tongue === null && !counted && /^(?:19|20)\d{2}$/.test(text);

/** All numbers of a text, in order. Where words can be of more than one language, each reading is one. */
export function quantitiesIn(tokens: readonly Token[]): Quantity[] {
	const found: Quantity[] = [];
	let covered: Record<Tongue, number> = { turkic: 0, russian: 0, english: 0 };
	tokens.forEach((token, at) => {
		const digits = token.kind === 'number' ? inDigits(tokens, at) : null;
		if (digits) found.push(digits);
		for (const tongue of ['turkic', 'russian', 'english'] as const) {
			if (token.kind !== 'word' || at < covered[tongue]) continue;
			// "25 ming": the thousand belongs to the digits before it.
			const words = found.some((each) => each.tongue === null && each.to > at) ? null : inWords(tokens, at, tongue);
			if (!words) continue;
			const ta = tongue === 'turkic' && counter.test(tokens[words.to]?.key ?? '') ? tokens[words.to] : undefined;
			const whole = ta ? { ...words, to: words.to + 1, from: taken.test(ta.key), counted: true } : words;
			covered = { ...covered, [tongue]: whole.to };
			found.push(whole);
		}
	});
	return found;
}
