/** Today's date, `YYYY-MM-DD`, in a time zone (IANA name). */
export const today = (timeZone: string, now: Date = new Date()): string =>
	new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);

/** Days from one calendar day (`YYYY-MM-DD`) to another; negative when `to` lies before `from`. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
