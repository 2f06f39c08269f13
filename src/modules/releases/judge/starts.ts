import type { Condition, Query } from '#modules/assessment/figures/query.ts';

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

/** `2026-04` after `2026-03`. */
export function nextMonth(month: string): string {
	const [year = 0, number = 1] = month.split('-').map(Number);
	return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/** `2026-03-09` after `2026-03-08`. */
export const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** The days and months whose beginnings a query's formulas ask for. */
export function startsIn(query: Query, months: readonly string[]): string[] {
	const days = (condition: Condition | null): string[] => {
		if (condition === null) return [];
		if ('all' in condition) return condition.all.flatMap(days);
		if ('any' in condition) return condition.any.flatMap(days);
		if ('not' in condition) return days(condition.not);
		if (!('receivedFrom' in condition) && !('receivedTo' in condition)) return [];
		return [...(condition.receivedFrom === undefined ? [] : [condition.receivedFrom]), ...(condition.receivedTo === undefined ? [] : [nextDay(condition.receivedTo)])];
	};
	return [...days(query.where), ...months.flatMap((month) => [month, nextMonth(month)])];
}
