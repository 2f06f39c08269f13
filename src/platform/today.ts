/** Today's date, `YYYY-MM-DD`, in a time zone (IANA name). */
export const today = (timeZone: string, now: Date = new Date()): string =>
	new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
