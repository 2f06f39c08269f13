import { nameOf, type Claim } from './claim.ts';
import { fractionsIn, everyNth } from './fractions.ts';
import { isUnit, maySeparate, peopleIn, type Tongue } from './nouns.ts';
import { isYear, quantitiesIn, type Quantity } from './quantities.ts';
import { tokensOf, type Token } from './tokens.ts';

/** Codes by which a text names its evidence: `[F-12]`, `[D-03]`. */
const reference = /\[([A-Z]-\d{2,6})\]/g;

/** The codes a text refers to, in order. */
export const referencesIn = (text: string): string[] => [...text.matchAll(reference)].flatMap(([, code]) => code ?? []);

/** The beginning of a text, for the person to find it. */
export const excerptOf = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/**
 * Paragraphs that state a number about people without naming what it rests on: orphans.
 * @returns the beginning of each such paragraph, for the person to find it
 */
export const unboundClaims = (text: string): string[] =>
	text
		.split(/\n{2,}/)
		.filter((paragraph) => referencesIn(paragraph).length === 0 && claimsIn(paragraph).length > 0)
		.map(excerptOf);

/**
 * The numbers about people in a text, in order: in digits or words, of Uzbek in both scripts, Karakalpak, Russian and English. These are
 * percentages; people, families and their appeals counted ("40 ta ayol", "сорок пострадавших", "seven young women"); parts ("10 tadan 7
 * tasi", "5 из 9", "one in three", "uchdan biri", "треть женщин", "half of them", "1/3"); and every second, third … one.
 *
 * It goes by patterns and does not understand. No claims are days, hours, years, telephones, codes, sums of money, ages, numbers of laws,
 * paragraphs, steps and rounds. Not recognised are: one person told of ("bir ayol", "одна женщина", "one woman"), words for many ("most",
 * "koʻpchilik", "десятки"), a number that stands alone and leaves its noun to the sentence before, people by their profession, words
 * between number and noun that describe neither, misspelled numbers, Roman ones.
 */
export function claimsIn(text: string): Claim[] {
	const tokens = tokensOf(text);
	const numbers = quantitiesIn(tokens);
	const wholes = numbers.flatMap((number) => wholeOf(number, numbers, tokens) ?? []);
	const told = new Set(wholes.flatMap(({ part, of }) => [part, of]));
	const parts = wholes.map(({ part, of }): Claim => ({ kind: 'part', part: part.value, of: of.value, ...reach(tokens, Math.min(part.at, of.at), Math.max(part.to, of.to) - 1) }));
	const counted = numbers.filter((number) => !told.has(number)).flatMap((number) => claimOf(number, tokens));
	const found = [...parts, ...counted, ...fractionsIn(tokens, numbers), ...everyNth(tokens)];
	return found.sort((a, b) => a.starts - b.starts || b.ends - a.ends).filter((claim, i, all) => all.findIndex((each) => isSame(each, claim)) === i);
}

const isSame = (a: Claim, b: Claim): boolean => nameOf(a) === nameOf(b) && a.starts < b.ends && b.starts < a.ends;

const reach = (tokens: readonly Token[], first: number, last: number): { starts: number; ends: number } => ({ starts: tokens[first]?.starts ?? 0, ends: tokens[last]?.ends ?? 0 });

/** A number as a claim by itself: a percentage, or people counted. */
function claimOf(number: Quantity, tokens: readonly Token[]): Claim[] {
	const ends = percentAt(number, tokens) ?? peopleCounted(number, tokens) ?? peopleBefore(number, tokens);
	return ends === null ? [] : [{ kind: 'number', number: number.text, ...reach(tokens, number.at, Math.max(ends, number.to - 1)) }];
}

/** The token that makes a number a percentage. */
function percentAt({ to, tongue }: Quantity, tokens: readonly Token[]): number | null {
	const [next, after] = [tokens[to], tokens[to + 1]];
	if (next?.text === '%') return to;
	if (next?.kind !== 'word') return null;
	if (tongue !== 'english' && /^(?:foiz|payiz|prosent|protsent)/.test(next.key)) return to;
	if (tongue === null || tongue === 'english') {
		if (next.low === 'percent' || next.low === 'percentage') return to;
		if (next.low === 'per' && after?.low === 'cent') return to + 1;
	}
	return null;
}

const together = (a: Quantity, b: Quantity): boolean => a.tongue === null || b.tongue === null || a.tongue === b.tongue;
const untilThen = /(?:gacha|gasha|geshe)$/;

/** Of "10 tadan 7 tasi", "7 of 10", "7 из 10", "из 10 женщин 7": the part and the whole; found from the number that stands first. */
function wholeOf(first: Quantity, numbers: readonly Quantity[], tokens: readonly Token[]): { part: Quantity; of: Quantity } | null {
	for (const second of numbers.filter((each) => each.at >= first.to && each.at - first.to <= 4 && together(first, each))) {
		const between = tokens.slice(first.to, second.at);
		const words = between.map((each) => each.low).join(' ');
		const [part, of] = isOutOf(first, words, between) ? [first, second] : isOfWhole(first, words, between, tokens) ? [second, first] : [null, null];
		if (part && of && part.value < of.value && part.value > 0 && !isYear(of) && ![0, 1].some((on) => untilThen.test(tokens[second.to + on]?.key ?? ''))) return { part, of };
	}
	return null;
}

const outOf = /^(?:out of|of|из|in|of (?:the|every|each|all)|in (?:every|each)|out of (?:the|every|each)|из (?:каждых|всех|этих))$/;
const isOutOf = ({ tongue }: Quantity, words: string, between: readonly Token[]): boolean => tongue !== 'turkic' && between.length > 0 && outOf.test(words);

const taken = /(?:dan|den|tan|ten|nan|nen)$/;
/** "10 tadan 7", "oʻnta ayoldan yettitasi"; "из 10 женщин 7", "out of 10 women, 7". */
function isOfWhole(first: Quantity, words: string, between: readonly Token[], tokens: readonly Token[]): boolean {
	const before = tokens[first.at - 1]?.low;
	if (first.tongue !== 'turkic' && (before === 'из' || (before === 'of' && tokens[first.at - 2]?.low === 'out'))) {
		return between.length <= 3 && between.every((each) => (each.kind === 'word' ? !isUnit(each) && !['до', 'to', 'и', 'and'].includes(each.low) : each.text === ','));
	}
	if (first.tongue !== null && first.tongue !== 'turkic') return false;
	if (between.some((each) => each.kind !== 'word' || isUnit(each))) return false;
	if (first.from && between.length === 0) return true;
	const at = between.findIndex((each) => taken.test(each.key));
	return at >= 0 && at <= 2 && between.length - at <= 3 && !/^(?:ortik|kop|artik|kam|az|katta|keyin)/.test(between[at + 1]?.key ?? '') && words !== '';
}

/** Where the people stand whom a number counts: "40 ta zoʻravonlikka uchragan ayol", "40 пострадавших женщин", "more than 40 of the women". */
function peopleCounted(number: Quantity, tokens: readonly Token[]): number | null {
	if (isYear(number) || (number.value === 1 && number.tongue !== null && !number.counted) || /[.,]\d{1,2}$/.test(number.text)) return null;
	let at = number.to;
	if (number.from || /^(?:ga|ka)$/.test(tokens[at - 1]?.key ?? '') || tokens[at]?.key === 'dan') {
		// "40 dan ortiq ayol", "40 ga yaqin ayol": more than forty, about forty.
		if (tokens[at]?.key === 'dan') at++;
		if (/^(?:ortik|kop|artik|kam|yakin|jakin|az|oshik)/.test(tokens[at]?.key ?? '')) at++;
		else if (number.tongue === null || number.from) return null;
	}
	const all = number.tongue === null ? (['turkic', 'russian', 'english'] as const) : [number.tongue];
	for (const tongue of all) {
		const found = peopleFrom(at, tongue, number, tokens);
		if (found !== null) return found;
	}
	return null;
}

function peopleFrom(from: number, tongue: Tongue, { value }: Quantity, tokens: readonly Token[]): number | null {
	let at = from;
	if (tongue === 'english' && (tokens[at]?.low === 'of' || tokens[at]?.low === '+' || tokens[at]?.text === '+')) at++;
	if (tongue === 'russian' && tokens[at]?.low === 'из') at++;
	while (tongue === 'english' && at > from && /^(?:the|these|those|all|our|them)$/.test(tokens[at]?.low ?? '')) if (tokens[at++]?.low === 'them') return at - 1;
	if (tongue === 'russian' && at > from && tokens[at]?.low === 'них') return at;
	for (let i = at; i < Math.min(at + 5, tokens.length); i++) {
		const token = tokens[i];
		const people = peopleIn(token);
		if (people?.tongue === tongue) return isCounted(people, i, at, value, tokens) ? i : null;
		if (!token || (!maySeparate(token, tongue, false) && !(token.text === '-' && token.glued))) return null;
		const next = peopleIn(tokens[i + 1]);
		if (next?.tongue === tongue && token.text !== '-' && !maySeparate(token, tongue, true)) return null;
	}
	return null;
}

/** Uzbek and Karakalpak count with the singular; with the plural it is mostly another noun that is counted: "3 ta ayollar markazi". */
function isCounted({ tongue, plural }: NonNullable<ReturnType<typeof peopleIn>>, at: number, from: number, value: number, tokens: readonly Token[]): boolean {
	if (tokens[at + 1]?.text === '-' && tokens[at + 1]?.glued && tongue !== 'turkic') return false;
	if (tongue === 'english') return plural || value === 1;
	if (tongue === 'russian' || !plural) return true;
	return at === from && !/(?<![dt])i$/.test(tokens[at + 1]?.key ?? '');
}

/** "Ayollarning 7 tasi", "jabrlanganlardan yettitasi", "женщин: 40", "women (40)", "женщин было 40", "ayollar soni 40": people named first. */
function peopleBefore(number: Quantity, tokens: readonly Token[]): number | null {
	if (isYear(number) || isUnit(tokens[number.to])) return null;
	const [sign, noun] = [tokens[number.at - 1], tokens[number.at - 2]];
	if (sign && /^[:–—]$/.test(sign.text) && number.tongue === null && peopleIn(noun)?.plural && !/^[-–]$/.test(tokens[number.to]?.text ?? '')) return number.to - 1;
	if (sign?.text === '(' && tokens[number.to]?.text === ')' && number.tongue === null && peopleIn(noun)?.plural) return number.to - 1;
	if (/^(?:soni|sani|bilo|bolgan)$/.test(sign?.key ?? '') && peopleIn(noun)) return number.to - 1;
	if (number.tongue !== null && number.tongue !== 'turkic') return null;
	const near = [1, 2].map((back) => peopleIn(tokens[number.at - back])).find((people, i) => people?.whole && (i === 0 || tokens[number.at - 1]?.kind === 'word'));
	const counts = number.counted || /^(?:nafar|kishi|kisi|adam|si|i)/.test(tokens[number.to]?.key ?? '') || /(?:si|i|ov|ovi|evi|avi)$/.test(tokens[number.to - 1]?.key ?? '');
	return near?.tongue === 'turkic' && counts ? number.to - 1 : null;
}
