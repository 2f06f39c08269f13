export { daysBetween } from '#platform/today.ts';

/** The calendar day of a moment in a time zone. */
export const dayIn = (moment: Date, timeZone: string): string =>
	new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(moment);
