import type { Locale } from '#platform/locale.ts';
import { lengthOf, positionsOf, type Span } from '../text.ts';
import type { MaskKind } from './kinds.ts';

/** A passage that is struck, and what its mark says. */
export type Strike = Span & { readonly kind: MaskKind; readonly key: string; readonly tail: string };

/** What stands in a text for what was struck, in the language of the interview. */
export const markWords: Record<Locale, Record<MaskKind, string>> = {
	uz: { name: 'ism', place: 'joy', phone: 'telefon', document: 'hujjat', email: 'manzil', birth: 'tugʻilgan sana', plate: 'avtoraqam', other: 'oʻchirilgan' },
	'uz-Cyrl': { name: 'исм', place: 'жой', phone: 'телефон', document: 'ҳужжат', email: 'манзил', birth: 'туғилган сана', plate: 'авторақам', other: 'ўчирилган' },
	ru: { name: 'имя', place: 'место', phone: 'телефон', document: 'документ', email: 'адрес', birth: 'дата рождения', plate: 'номер машины', other: 'вычеркнуто' },
	kaa: { name: 'at', place: 'orın', phone: 'telefon', document: 'hújjet', email: 'mánzil', birth: 'tuwılǵan sáne', plate: 'mashina nomeri', other: 'óshirilgen' },
	en: { name: 'name', place: 'place', phone: 'phone', document: 'document', email: 'address', birth: 'date of birth', plate: 'car plate', other: 'struck' }
};

/** A masked text, and where positions of the unmasked one stand in it. */
export type Masked = { readonly text: string; readonly struck: number; move(span: Span): Span };

/**
 * Strikes passages. Names keep a number, so that it stays readable who is who: the same name in any form has the same. The endings of
 * Uzbek stay behind the mark. Passages that overlap become one.
 * @param text normalised; spans in its code points
 */
export function maskText(text: string, strikes: readonly Strike[], language: Locale): Masked {
	const positions = positionsOf(text);
	const numbers = new Map<string, number>();
	const pieces: { starts: number; ends: number; at: number; length: number }[] = [];
	let out = '';
	let done = 0;
	let length = 0;
	for (const strike of merged(strikes, positions.length)) {
		const kept = text.slice(positions.units(done), positions.units(strike.starts));
		const mark = markOf(strike, numbers, language);
		length += strike.starts - done;
		pieces.push({ starts: strike.starts, ends: strike.ends, at: length, length: lengthOf(mark) });
		out += kept + mark;
		length += lengthOf(mark);
		done = strike.ends;
	}
	out += text.slice(positions.units(done));
	return { text: out, struck: pieces.length, move: ({ starts, ends }) => ({ starts: moved(pieces, starts, 'start'), ends: moved(pieces, ends, 'end') }) };
}

function markOf({ kind, key, tail }: Strike, numbers: Map<string, number>, language: Locale): string {
	const word = markWords[language][kind];
	if (kind !== 'name' || key === '') return `[${word}]${tail}`;
	const number = numbers.get(key) ?? numbers.size + 1;
	numbers.set(key, number);
	return `[${word} ${number}]${tail}`;
}

function merged(strikes: readonly Strike[], length: number): Strike[] {
	const kept: Strike[] = [];
	for (const strike of [...strikes].sort((a, b) => a.starts - b.starts || b.ends - a.ends)) {
		if (strike.starts < 0 || strike.ends > length || strike.starts >= strike.ends) continue;
		const last = kept.at(-1);
		if (!last || strike.starts >= last.ends) kept.push(strike);
		else if (strike.ends > last.ends) kept[kept.length - 1] = { ...last, ends: strike.ends, tail: '' };
	}
	return kept;
}

/** Where a position stands after striking: inside a struck passage it is drawn to the mark's edge. */
function moved(pieces: readonly { starts: number; ends: number; at: number; length: number }[], position: number, edge: 'start' | 'end'): number {
	let shift = 0;
	for (const { starts, ends, at, length } of pieces) {
		if (position <= starts) break;
		if (position < ends) return edge === 'start' ? at : at + length;
		shift = at + length - ends;
	}
	return position + shift;
}
