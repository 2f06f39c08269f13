import { numberWords } from '#platform/number-words.ts';
import type { Found, MaskKind } from './kinds.ts';

/** Letters that look alike in both alphabets, as number plates and papers use them. */
const plateLetter = '[A-ZАВЕКМНОРСТУХ]';

/** Any apostrophe that is typed for the one of Uzbek, or none. */
const quote = "[ʻʼ'’‘`]?";
/** The words that telephones are dictated in. Thousands are left out: a year is no telephone. */
const dictated = Object.values(numberWords).flatMap((words) => Object.keys(words)).map((word) => word.replace('ʻ', quote)).join('|');

type Rule = { readonly kind: MaskKind; readonly pattern: RegExp };

/** What is recognised by its form alone, in every language. Earlier rules win where two overlap. */
const rules: readonly Rule[] = [
	{ kind: 'email', pattern: /(?<![\p{L}\d._%+-])[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,5}/gu },
	{ kind: 'email', pattern: /(?:https?:\/\/)?(?:t\.me|telegram\.me|instagram\.com|facebook\.com|fb\.com|vk\.com|ok\.ru|wa\.me|tiktok\.com)\/[^\s<>"«»]+/giu },
	{ kind: 'email', pattern: /(?<![\p{L}\d@])@[A-Za-z][A-Za-z\d_.]{2,}/gu },
	{ kind: 'phone', pattern: /(?<![\p{L}\d])\+\d[\d\s()-]{8,18}\d(?!\d)/gu },
	{ kind: 'phone', pattern: /(?<![\p{L}\d-])(?:998|8)[\s-]{0,3}\(?\d{2,3}\)?[\s-]{0,3}\d{3}[\s-]{0,3}\d{2}[\s-]{0,3}\d{2}(?![\d-])/gu },
	{ kind: 'phone', pattern: /(?<![\p{L}\d-])\(?\d{2}\)?[\s-]\d{3}[\s-]\d{2}[\s-]\d{2}(?![\d-])/gu },
	{ kind: 'phone', pattern: /(?<![\p{L}\d-])(?:33|50|55|71|77|88|9[0-9])\d{7}(?!\d)/gu },
	{ kind: 'phone', pattern: /(?<![\p{L}\d-])\d{3}-\d{2}-\d{2}(?![\d-])/gu },
	// Dictated: five numbers in words and more, one after the other.
	{ kind: 'phone', pattern: new RegExp(`(?<![\\p{L}\\d])(?:${dictated})(?:[\\s,-]{1,3}(?:${dictated})(?!\\p{L})){3,24}[\\s,-]{1,3}(?:${dictated})\\p{L}{0,5}`, 'giu') },
	{ kind: 'document', pattern: /(?<![\p{L}\d])[A-ZА-Я]{2}\s?(?:№|N|No|raqami?)?\s?\d{7}(?!\d)/gu },
	{ kind: 'document', pattern: /(?<!\d)[3-6](?:[\s-]?\d){13}(?!\d)/gu },
	{ kind: 'document', pattern: /(?<=(?:pasport\p{L}*|паспорт\p{L}*|JSHSHIR|ЖШШИР|ПИНФЛ|PINFL|STIR|СТИР|ИНН|guvohnoma\p{L}*|гувоҳнома\p{L}*|удостоверени\p{L}*|ID[\s-]?kart\p{L}*|polis\p{L}*|полис\p{L}*)[\s:,-]{1,4}(?:raqami?|номер|рақами?|№|seriyasi?|серия)?[\s:,-]{0,3})[A-ZА-Яa-z]{0,2}\s?\d{5,14}/giu },
	{ kind: 'plate', pattern: new RegExp(`(?<![\\p{L}\\d])(?:0[1-9]|[1-9]\\d)[\\s-]?(?:${plateLetter}[\\s-]?\\d{3}[\\s-]?${plateLetter}{2}|\\d{3}[\\s-]?${plateLetter}{3})(?![\\p{L}\\d])`, 'gu') },
	{ kind: 'place', pattern: /(?<![\p{L}\d])\d{1,4}(?:[\s-]{0,3}[aаbбvв])?\s{0,3}-\s{0,3}(?:uy|úy|xonadon|kvartira|páter|уй|хонадон|квартира)(?:\p{L}*)/giu },
	{ kind: 'place', pattern: /(?<![\p{L}\d])(?:дом\p{L}{0,2}|д\.|кв\.|квартир\p{L}{1,2}|uy|уй)\s{0,3}(?:№\s{0,3})?\d{1,4}(?:[\s-]?[абвabv](?!\p{L}))?/giu },
	{ kind: 'place', pattern: /(?<![\p{L}\d])№?\s?\d{1,4}\s{0,3}-?\s{0,3}(?:son(?:li)?\s+|сон(?:ли)?\s+)?(?:maktab|mektep|mektev|baqsha|emlewxana|bogʻcha|bog'cha|poliklinika|shifoxona|litsey|kollej|IDUM|DMTT|мактаб|боғча|поликлиник|шифохона|лицей|коллеж|школ|детсад|садик|больниц|роддом)\p{L}*/giu },
	{ kind: 'place', pattern: /(?<!\p{L})(?:house|flat|apartment|building|block)\s{1,3}(?:no\.?\s{0,2}|number\s{1,2}|№\s{0,2})?\d{1,4}[a-z]?(?![\p{L}\d])/giu },
	{ kind: 'place', pattern: /(?<!\p{L})(?:school|kindergarten|nursery|clinic|polyclinic|hospital|lyceum|college)\s{1,3}(?:no\.?\s{0,2}|number\s{1,2}|№\s{0,2}|#)?\d{1,4}(?!\d)/giu },
	{ kind: 'place', pattern: /(?<![\p{L}\d])(?:\d{1,4}[a-z]?\s)?(?:\p{Lu}[\p{L}ʻʼ'’-]{1,30}\s){1,2}(?:Street|Road|Lane|Avenue|District|Region|Province|Village|Mahalla|Makhalla)(?!\p{L})/gu },
	{ kind: 'place', pattern: /(?<![\p{L}\d])(?:школ|поликлиник|больниц|садик|детсад|роддом|лице|колледж|гимнази)\p{L}*\s{0,3}(?:№|номер)\s{0,3}\d{1,4}/giu }
];

const months = '(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec|yanvar|fevral|mart|aprel|may|iyun|iyul|avgust|sentabr|sentyabr|oktabr|oktyabr|noyabr|dekabr|янва|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\\p{L}*';
const dates: readonly RegExp[] = [
	/(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?<year>(?:19|20)\d{2}|\d{2})(?!\d)/gu,
	/(?<!\d)(?<year>(?:19|20)\d{2})[./-]\d{1,2}[./-]\d{1,2}(?!\d)/gu,
	new RegExp(`(?<!\\d)(?<year>(?:19|20)\\d{2})\\s{0,3}-?\\s{0,3}(?:yil\\p{L}*|jıl\\p{L}*|йил\\p{L}*)?[\\s,]{0,3}\\d{1,2}\\s{0,3}-?\\s{0,3}${months}`, 'giu'),
	new RegExp(`(?<!\\d)\\d{1,2}\\s{0,3}-?\\s{0,3}${months}[\\s,]{0,3}(?<year>(?:19|20)\\d{2})(?:\\s{0,3}-?\\s{0,3}(?:yil\\p{L}*|jıl\\p{L}*|йил\\p{L}*|г\\.|год\\p{L}*))?`, 'giu'),
	new RegExp(`${months}\\s{1,2}\\d{1,2}(?:st|nd|rd|th)?,?\\s{1,2}(?<year>(?:19|20)\\d{2})(?!\\d)`, 'giu')
];
const bornNear = /tug[ʻʼ'’‘`]?il|туғил|туг[ъ']?ил|tuw[ıi]l|родил|рожден|рождён|д\.\s?р\.|(?<!\p{L})born(?!\p{L})|birthday|date of birth/iu;
const birthYear = /(?<!\d)(?:19[2-9]\d|20[01]\d)\s{0,3}-?\s{0,3}(?:yil\p{L}*|jıl\p{L}*|йил\p{L}*|г\.|год\p{L}*)?/giu;

/** A date is somebody's birth when its year is one of people's who are asked, or when birth is spoken of beside it. */
function birthsIn(text: string): Found[] {
	const found: Found[] = [];
	const isNear = (at: number, length: number): boolean => bornNear.test(text.slice(Math.max(0, at - 45), at + length + 45));
	for (const pattern of dates) {
		for (const match of text.matchAll(pattern)) {
			const year = Number(match.groups?.['year']);
			if ((year >= 1920 && year <= 2015) || isNear(match.index, match[0].length)) found.push(plain(match.index, match[0], 'birth'));
		}
	}
	for (const match of text.matchAll(birthYear)) if (isNear(match.index, match[0].length)) found.push(plain(match.index, match[0].trimEnd(), 'birth'));
	return found;
}

const plain = (starts: number, words: string, kind: MaskKind): Found => ({ starts, ends: starts + words.length, kind, sure: true, key: '', tail: '' });

/** Phones, papers, addresses of mail and accounts, dates of birth, number plates, houses and numbered schools in a text. */
export function findPatterns(text: string): Found[] {
	return [...rules.flatMap(({ kind, pattern }) => [...text.matchAll(pattern)].map((match) => plain(match.index, match[0].trimEnd(), kind))), ...birthsIn(text)];
}
