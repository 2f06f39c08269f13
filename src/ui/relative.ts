import type { Locale } from '#platform/locales.ts';

/** A day of the calendar (`2026-11-24`), or a moment. */
export type DateLike = string | Date;

const plainDay = /^\d{4}-\d{2}-\d{2}$/;
const msPerDay = 86_400_000;

/**
 * The calendar day `YYYY-MM-DD` on which a moment falls in the zone `tz`; a plain day stays as it is.
 *
 * @throws RangeError when the value is no date
 */
export function dayIn(value: DateLike, tz: string): string {
	if (typeof value === 'string' && plainDay.test(value)) {
		const same = new Date(`${value}T00:00:00Z`).toISOString().slice(0, 10);
		if (same !== value) throw new RangeError(`No such day: ${value}`);
		return value;
	}
	const parts = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: tz });
	return parts.format(new Date(value));
}

/** Days from one calendar day to another; negative when `to` lies before `from`. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / msPerDay);
}

/** The unit in which a distance is told: days up to two months, months up to two years, then years. */
function inUnits(days: number): { count: number; unit: 'day' | 'month' | 'year' } {
	const size = Math.abs(days);
	if (size < 60) return { count: days, unit: 'day' };
	if (size < 730) return { count: Math.trunc(days / 30.44), unit: 'month' };
	return { count: Math.trunc(days / 365.25), unit: 'year' };
}

const kaaUnits = { day: 'kún', month: 'ay', year: 'jıl' } as const;

function relativeKaa(days: number): string {
	if (days === 0) return 'búgin';
	if (days === 1) return 'erteń';
	if (days === -1) return 'keshe';
	const { count, unit } = inUnits(days);
	return `${Math.abs(count)} ${kaaUnits[unit]} ${count < 0 ? 'aldın' : 'keyin'}`;
}

/** A distance in days as people say it: `today`, `31 days ago`, `in 3 months`. */
export function relativeDays(days: number, locale: Locale, tag: string): string {
	if (locale === 'kaa') return relativeKaa(days);
	const { count, unit } = inUnits(days);
	return new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }).format(count, unit);
}
