import { nextDay } from '#platform/today.ts';
import type { Condition, Query } from '#modules/assessment/figures/query.ts';

/** `2026-04` after `2026-03`. */
export function nextMonth(month: string): string {
	const [year = 0, number = 1] = month.split('-').map(Number);
	return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

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
