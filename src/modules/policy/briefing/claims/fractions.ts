import { fold } from '#platform/search-fold.ts';
import type { Claim } from './claim.ts';
import { isUnit, maySeparate, peopleIn, type Tongue } from './nouns.ts';
import type { Quantity } from './quantities.ts';
import type { Token } from './tokens.ts';

type Part = { readonly part: number; readonly of: number };
const parted = (part: number, of: number): Part => ({ part, of });

const signs: Readonly<Record<string, Part>> = { '½': parted(1, 2), '⅓': parted(1, 3), '⅔': parted(2, 3), '¼': parted(1, 4), '¾': parted(3, 4), '⅕': parted(1, 5) };
const turkicHalf = /^(?:yarmi|yarimi|jarimi|choragi|sheregi)(?:ning|nin|dan|nan|ni|n|ga|na|da)?$/;
const russianParts: readonly (readonly [RegExp, number])[] = [
	[/^половин[аыуе]$|^половиной$/u, 2], [/^трет(?:ь|и|ью|ей)$/u, 3], [/^четверт(?:ь|и|ью|ей)$/u, 4]
];
const russianFifths: readonly (readonly [RegExp, number])[] = [
	[/^пят[аоы]/u, 5], [/^шест[аоы]/u, 6], [/^седьм/u, 7], [/^восьм/u, 8], [/^девят[аоы]/u, 9], [/^десят[аоы]/u, 10]
];
const englishParts: Readonly<Record<string, number>> = { half: 2, third: 3, thirds: 3, quarter: 4, quarters: 4, fifth: 5, fifths: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10, tenths: 10 };

/** Parts of people: "1/3 qismi", "yarmi", "треть опрошенных", "two thirds of survivors". "Uchdan biri" is found as "7 of 10" is. */
export function fractionsIn(tokens: readonly Token[], numbers: readonly Quantity[]): Claim[] {
	return tokens.flatMap((token, at): Claim[] => {
		const claim = (first: number, last: number, { part, of }: Part): Claim[] => [{ kind: 'part', part, of, starts: tokens[first]?.starts ?? 0, ends: tokens[last]?.ends ?? 0 }];
		const sign = signs[token.text];
		if (sign) return claim(at, at, sign);
		const slashed = slashedAt(tokens, at);
		if (slashed) return isOfSomebody(tokens, at, at + 2) ? claim(at, at + 2, slashed) : [];
		if (token.kind !== 'word') return [];
		if (turkicHalf.test(token.key)) {
			const of = /^(?:choragi|sheregi)/.test(token.key) ? 4 : 2;
			const before = numbers.find((each) => each.to === at && each.tongue !== 'english')?.value ?? 1;
			return hasPeople(tokens, at, 'turkic') ? claim(at, at, parted(of === 2 ? 1 : before, of)) : [];
		}
		const whole = russianParts.find(([words]) => words.test(token.low)) ?? (/^(?:част|дол)/u.test(tokens[at + 1]?.low ?? '') ? russianFifths.find(([words]) => words.test(token.low)) : undefined);
		if (whole && hasPeople(tokens, at, 'russian')) return claim(at, at, parted(timesBefore(numbers, at, 'russian'), whole[1]));
		const of = Object.hasOwn(englishParts, token.low) ? englishParts[token.low] : undefined;
		if (of !== undefined && isEnglishPart(tokens, at, numbers) && hasPeople(tokens, at, 'english')) return claim(at, at, parted(timesBefore(numbers, at, 'english'), of));
		return [];
	});
}

const timesBefore = (numbers: readonly Quantity[], at: number, tongue: Tongue): number => numbers.find((each) => each.to === at && each.tongue === tongue)?.value ?? numbers.find((each) => each.to === at - 1 && each.tongue === tongue)?.value ?? 1;

/** "1/3", "2/3", which is neither "24/7" nor a day. */
function slashedAt(tokens: readonly Token[], at: number): Part | null {
	const [first, slash, second] = [tokens[at], tokens[at + 1], tokens[at + 2]];
	if (first?.kind !== 'number' || second?.kind !== 'number' || slash?.text !== '/' || !slash.glued || !second.glued) return null;
	const [part, of] = [Number(first.text), Number(second.text)];
	return part > 0 && part < of && of <= 100 ? parted(part, of) : null;
}

const share = /^(?:kism|bolim|bolegi|ulesi)/;
function isOfSomebody(tokens: readonly Token[], from: number, to: number): boolean {
	const next = tokens[to + 1];
	return share.test(next?.key ?? '') || /^(?:част|дол)/u.test(next?.low ?? '') || (['turkic', 'russian', 'english'] as const).some((tongue) => hasPeople(tokens, from, tongue) || hasPeople(tokens, to, tongue));
}

const sentenceEnd = /^[.!?;:]$/;
const leads = new Set(['of', 'the', 'all', 'these', 'those', 'our', 'из', 'всех', 'этих', 'from']);

/** Whether a part is one of people: they stand behind it ("треть опрошенных женщин"), or in Uzbek and Karakalpak before ("ayollarning deyarli yarmi"). */
function hasPeople(tokens: readonly Token[], at: number, tongue: Tongue): boolean {
	for (let i = at + 1; i <= at + 5; i++) {
		const token = tokens[i];
		if (!token || sentenceEnd.test(token.text)) break;
		if (peopleIn(token)?.tongue === tongue || ((tongue === 'russian' && token.low === 'них') || (tongue === 'english' && token.low === 'them'))) return tongue !== 'turkic' || i === at + 1;
		if (isUnit(token) || (!leads.has(token.low) && !/^(?:част|дол)/u.test(token.low) && !maySeparate(token, tongue, false))) break;
	}
	for (let i = at - 1; i >= at - 4; i--) {
		const token = tokens[i];
		if (!token || sentenceEnd.test(token.text)) break;
		const people = peopleIn(token);
		if (people?.tongue === tongue && (people.whole || (tongue === 'russian' && tokens[i - 1]?.low === 'из'))) return true;
		if (tongue === 'russian' && token.low === 'них') return true;
	}
	return false;
}

/** "Half of", "a third of", "two thirds": not "half-day", not "the third of May". */
function isEnglishPart(tokens: readonly Token[], at: number, numbers: readonly Quantity[]): boolean {
	const [before, token, next] = [tokens[at - 1], tokens[at], tokens[at + 1]];
	if (next?.text === '-' && next.glued) return false;
	if (token?.low === 'half') return true;
	const measured = before?.low === 'a' || before?.low === 'one' || before?.text === '-' || numbers.some((each) => each.to === at && each.tongue === 'english');
	return measured && next?.low === 'of';
}

const turkicOrdinal = /^(?<nth>ikki|uch|tort|besh|olti|etti|sakkiz|tokkiz|on|eki|ush|bes|alti|jeti|segiz|togiz)(?:i?nchi|i?nshi)/;
const turkicNth: Readonly<Record<string, number>> = { ikki: 2, uch: 3, tort: 4, besh: 5, olti: 6, etti: 7, sakkiz: 8, tokkiz: 9, on: 10, eki: 2, ush: 3, bes: 5, alti: 6, jeti: 7, segiz: 8, togiz: 9 };
const russianNth: readonly (readonly [RegExp, number])[] = [[/^втор(?:ая|ой|ую|ого)/u, 2], [/^трет(?:ья|ьей|ью|ий|ьего)/u, 3], [/^четверт(?:ая|ой|ую|ый)/u, 4], [/^пят(?:ая|ой|ую|ый)/u, 5], [/^шест(?:ая|ой|ую)/u, 6], [/^седьм/u, 7], [/^восьм/u, 8], [/^девят/u, 9], [/^десят(?:ая|ой|ую|ый)/u, 10]];
const englishNth: Readonly<Record<string, number>> = { second: 2, third: 3, fourth: 4, fifth: 5, sixth: 6, seventh: 7, eighth: 8, ninth: 9, tenth: 10 };
const every = { turkic: new Set(['har']), russian: /^кажд(?:ая|ой|ую|ый|ого)$/u, english: new Set(['every', 'each']) };

/** "Har uchinchi ayol", "каждая третья", "every third woman", "har 3-ayol". */
export function everyNth(tokens: readonly Token[]): Claim[] {
	return tokens.flatMap((token, at): Claim[] => {
		const nth = tokens[at + 1];
		if (token.kind !== 'word' || !nth) return [];
		const claim = (of: number | undefined, last: number): Claim[] => (of === undefined ? [] : [{ kind: 'part', part: 1, of, starts: token.starts, ends: tokens[last]?.ends ?? token.ends }]);
		const written = nth.kind === 'number' && /^[-–]$/.test(tokens[at + 2]?.text ?? '') ? Number(nth.text) : undefined;
		if (every.turkic.has(token.key)) {
			if (written !== undefined) return [3, 4].some((on) => peopleIn(tokens[at + on])?.tongue === 'turkic') ? claim(written, at + 3) : [];
			return peopleIn(tokens[at + 2])?.tongue === 'turkic' ? claim(turkicNth[turkicOrdinal.exec(fold(nth.text))?.groups?.['nth'] ?? ''], at + 2) : [];
		}
		if (every.russian.test(token.low)) {
			if (written !== undefined) return isUnit(tokens[at + 4]) ? [] : claim(written, at + 3);
			return isUnit(tokens[at + 2]) ? [] : claim(russianNth.find(([words]) => words.test(nth.low))?.[1], at + 1);
		}
		return every.english.has(token.low) && peopleIn(tokens[at + 2])?.tongue === 'english' ? claim(Object.hasOwn(englishNth, nth.low) ? englishNth[nth.low] : undefined, at + 2) : [];
	});
}
