import { localeFacts, type Locale } from '#platform/locale.ts';
import { daysBetween, dayIn, relativeDays, type DateLike } from './relative.ts';

/** The locales of the interface. Intl knows no Karakalpak: its months and relative days come from our own lists. */
export type UiLocale = Locale;

const tag = (locale: UiLocale): string => localeFacts[locale].intl;

const kaaMonths = [
	'yanvar',
	'fevral',
	'mart',
	'aprel',
	'may',
	'iyun',
	'iyul',
	'avgust',
	'sentyabr',
	'oktyabr',
	'noyabr',
	'dekabr'
] as const;

/** The name of a month by itself: `yanvar`. @param month from 1 */
export function monthName(month: number, locale: UiLocale): string {
	if (locale === 'kaa') return kaaMonths[month - 1] ?? '';
	return new Intl.DateTimeFormat(tag(locale), { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, month - 1, 1)));
}

/** Intl objects are costly to make and cheap to keep. */
const kept = new Map<string, Intl.NumberFormat>();
function numbers(locale: UiLocale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
	const key = locale + JSON.stringify(options);
	let format = kept.get(key);
	if (!format) kept.set(key, (format = new Intl.NumberFormat(tag(locale), options)));
	return format;
}

/** A number as people of this language write it: `1 234 567,5`. At most `digits` decimals, 2 unless told. */
export function formatNumber(value: number | bigint, locale: UiLocale, digits = 2): string {
	return numbers(locale, { maximumFractionDigits: digits }).format(value);
}

/** The size of a file as people say it: kilobytes below one megabyte, never less than one. */
export function formatBytes(bytes: number, locale: UiLocale): string {
	const large = bytes >= 1_048_576;
	const style = { style: 'unit', unit: large ? 'megabyte' : 'kilobyte', maximumFractionDigits: large ? 1 : 0 } as const;
	return numbers(locale, style).format(Math.max(1, bytes / (large ? 1_048_576 : 1024)));
}

/** A share between 0 and 1 as per cent: `0.415` is `41,5%`. No decimals unless told. */
export function formatShare(share: number, locale: UiLocale, digits = 0): string {
	return numbers(locale, { style: 'percent', maximumFractionDigits: digits }).format(share);
}

/**
 * Money from integer minor units (tiyin, cent). Soʻm are written without tiyin unless `minor` asks for them; exact up to 2^53.
 *
 * @param minorUnits 100 to the unit, in every currency in use here
 * @param currency ISO 4217: `UZS`, `EUR`
 * @throws RangeError when the amount is no whole number or larger than that
 */
export function formatMoney(
	minorUnits: bigint | number,
	currency: string,
	locale: UiLocale,
	{ minor = currency !== 'UZS' }: { minor?: boolean } = {}
): string {
	const units = Number(minorUnits);
	if (!Number.isSafeInteger(units)) throw new RangeError('Money is a whole number of minor units below 2^53');
	const digits = minor ? 2 : 0;
	return numbers(locale, {
		style: 'currency',
		currency,
		minimumFractionDigits: digits,
		maximumFractionDigits: digits
	}).format(units / 100);
}

/**
 * A date in full: `24 November 2026`. A plain day is the same day everywhere; a moment is put into the time zone `tz`.
 *
 * @throws RangeError when the value is no date or the zone is unknown
 */
export function formatDay(value: DateLike, locale: UiLocale, tz: string): string {
	const day = dayIn(value, tz);
	const [year = '', month = '', date = ''] = day.split('-');
	// Written as people here write it: the year first, with its word, which Intl leaves out.
	if (locale === 'kaa') return `${year}-jıl ${Number(date)}-${kaaMonths[Number(month) - 1]}`;
	if (locale === 'uz') return `${year}-yil ${Number(date)}-${monthName(Number(month), locale).toLowerCase()}`;
	if (locale === 'uz-Cyrl') return `${year} йил ${Number(date)} ${monthName(Number(month), locale).toLowerCase()}`;
	return new Intl.DateTimeFormat(tag(locale), {
		day: 'numeric',
		month: 'long',
		year: 'numeric',
		timeZone: 'UTC'
	}).format(new Date(`${day}T00:00:00Z`));
}

/** A moment as tables and files hold it, sorted by its letters: `2026-03-08 15:05`. */
export const momentText = (value: Date, tz: string): string => `${dayIn(value, tz)} ${formatTime(value, tz)}`;

/** The time of day, 24 hours: `15:05`. */
export function formatTime(value: Date, tz: string): string {
	return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: tz }).format(value);
}

/**
 * A date as pages show it: absolute, with the distance from today in brackets, `24 November 2026 (tomorrow)`. A moment also
 * bears its time: `24 November 2026, 15:05 (today)`.
 *
 * @param value a plain day `YYYY-MM-DD` or a moment
 * @param tz IANA name of the programme's zone: `Asia/Tashkent`
 * @param now what counts as today; the tests set it
 * @throws RangeError when the value is no date or the zone is unknown
 */
export function formatDate(value: DateLike, locale: UiLocale, tz: string, now: Date = new Date()): string {
	const time = value instanceof Date || value.length > 10 ? `, ${formatTime(new Date(value), tz)}` : '';
	const distance = daysBetween(dayIn(now, tz), dayIn(value, tz));
	return `${formatDay(value, locale, tz)}${time} (${relativeDays(distance, locale, tag(locale))})`;
}
