/** What a person types, and what a form keeps of it. Pure: the controls and their tests use it. */

const largestInt = 2_147_483_647;

/** The digits of a whole number as XForms keep them; null for what is none. */
export function wholeNumber(text: string): string | null {
	const digits = unspaced(text);
	if (!/^-?\d{1,10}$/.test(digits)) return null;
	const number = Number(digits);
	return number > largestInt || number < -largestInt - 1 ? null : String(number);
}

/** A decimal number with the digits that were typed, a comma as a point; null for what is none. */
export function decimalNumber(text: string): string | null {
	const digits = unspaced(text).replace(',', '.');
	return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(digits) ? digits : null;
}

const unspaced = (text: string): string => text.replace(/[\s\u00a0\u202f_]+/g, '');

/** A number with its thousands set apart, as all the interface's languages but English do: 1 234 567,5 stays with a point. */
export function spaced(digits: string): string {
	const [whole = '', ...fraction] = digits.split('.');
	return [whole.replace(/\B(?=(?:\d{3})+$)/g, '\u00a0'), ...fraction].join('.');
}

/** The distance of a moment's clock from Greenwich as ISO 8601 writes it: `+05:00`. @param minutes as `Date.getTimezoneOffset` tells it */
export function offset(minutes: number): string {
	const away = Math.abs(minutes);
	const two = (number: number): string => String(number).padStart(2, '0');
	return `${minutes > 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}

/** `14:30` of a control as a form keeps a time of day; null for what is none. */
export function timeOfDay(text: string, now = new Date()): string | null {
	const found = /^(\d{2}:\d{2})(?::(\d{2}))?/.exec(text);
	return found ? `${found[1]}:${found[2] ?? '00'}.000${offset(now.getTimezoneOffset())}` : null;
}

/** `2026-03-08T14:30` of a control as a form keeps a moment, on the clock that held here on that day; null for what is none. */
export function moment(text: string): string | null {
	const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2}))?/.exec(text);
	if (!found) return null;
	const there = new Date(`${found[1]}T${found[2]}:${found[3] ?? '00'}`);
	if (Number.isNaN(there.getTime())) return null;
	return `${found[1]}T${found[2]}:${found[3] ?? '00'}.000${offset(there.getTimezoneOffset())}`;
}

/** What a control of the browser shows of a kept time or moment: without fractions and distance. */
export const forControl = (kept: string): string => kept.replace(/(\d{2}:\d{2})(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$/, '$1');

/** A place as it is typed or measured; degrees, and metres. */
export type Point = { readonly latitude: number; readonly longitude: number; readonly altitude: number | null; readonly accuracy: number | null };

/** Degrees from typed text; null for what is none, or lies beyond the limit. */
export function degrees(text: string, limit: 90 | 180): number | null {
	const number = decimalNumber(text);
	return number === null || Math.abs(Number(number)) > limit ? null : Number(number);
}

/** A place as a form keeps it: latitude, longitude, altitude, accuracy. */
export function writtenPoint({ latitude, longitude, altitude, accuracy }: Point): string {
	const short = (number: number): string => String(Number(number.toFixed(7)));
	return [latitude, longitude, altitude ?? 0, accuracy ?? 0].map(short).join(' ');
}

/** Places as a form keeps a line or, closed, a shape; empty while there are too few. */
export function writtenLine(points: readonly Point[], closed: boolean): string {
	const [first] = points;
	if (first === undefined || points.length < (closed ? 3 : 2)) return '';
	return (closed ? [...points, first] : points).map(writtenPoint).join(';');
}

/** The places of a kept line or shape, the closing one left out. */
export function readLine(kept: string, closed: boolean): Point[] {
	const points = kept.split(';').flatMap((part) => {
		const [latitude, longitude, altitude, accuracy] = part.trim().split(/\s+/).map(Number);
		return latitude === undefined || longitude === undefined || Number.isNaN(latitude + longitude) ? [] : [{ latitude, longitude, altitude: altitude ?? null, accuracy: accuracy ?? null }];
	});
	return closed ? points.slice(0, -1) : points;
}

/** A text as it is looked for: without case, accents and the many signs that stand for an apostrophe. */
export const folded = (text: string): string =>
	text
		.normalize('NFKD')
		.replace(/[\u0300-\u036f'`ʻʼ‘’ʹ]/g, '')
		.toLowerCase();

/** Calendars that a question may ask by, as browsers call them. */
export const calendars: Readonly<Record<string, string>> = {
	ethiopian: 'ethiopic',
	coptic: 'coptic',
	islamic: 'islamic-umalqura',
	persian: 'persian'
};
