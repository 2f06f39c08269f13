import { formatDay, formatTime, type UiLocale } from '#ui/format.ts';

const tz = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A moment of this device, by its own clock: the time, and the day when it was another. */
export function moment(at: number, locale: UiLocale): string {
	const value = new Date(at);
	const time = formatTime(value, tz());
	const day = formatDay(value, locale, tz());
	return day === formatDay(new Date(), locale, tz()) ? time : `${day}, ${time}`;
}
