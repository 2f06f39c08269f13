/** Today's date, `YYYY-MM-DD`, in a time zone (IANA name). */
export const today = (timeZone: string, now: Date = new Date()): string =>
	new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);

/** Days from one calendar day (`YYYY-MM-DD`) to another; negative when `to` lies before `from`. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** `2026-03-09` after `2026-03-08`. */
export const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The moment, in milliseconds, at which a day (`2026-03-08`) or month (`2026-03`) begins in a time zone. */
export function startOf(day: string, timeZone: string): number {
	const wanted = Date.parse(`${day.length === 7 ? `${day}-01` : day}T00:00:00Z`);
	const format = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
	const wallClock = (at: number): number => {
		const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
		return Date.UTC(part['year'] ?? 0, (part['month'] ?? 1) - 1, part['day'] ?? 1, part['hour'] ?? 0, part['minute'] ?? 0, part['second'] ?? 0);
	};
	// Twice, because the offset at the guess may be another than at the beginning of the day.
	const first = wanted - (wallClock(wanted) - wanted);
	return first - (wallClock(first) - wanted);
}

/** The last second of a day (`2026-03-08`) in a time zone: what works on that day works until then. */
export const endOf = (day: string, timeZone: string): Date => new Date(startOf(nextDay(day), timeZone) - 1000);
