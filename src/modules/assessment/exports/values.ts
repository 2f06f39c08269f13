/** Milliseconds since 1970 of a calendar day `2026-03-08`, or NaN. */
export function dayOf(text: string): number {
	const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
	if (!found) return Number.NaN;
	const at = Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
	// Years below 100 would be taken for those of the last century.
	return new Date(at).toISOString().startsWith(text.trim()) ? at : Number.NaN;
}

/**
 * Milliseconds since 1970 of a date with a time as it stood on the clock of whoever answered: statistics programs know no time
 * zones. NaN for what is none.
 */
export function clockOf(text: string): number {
	const found = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(?:Z|[+-]\d{2}:?(?:\d{2})?)?$/.exec(text.trim());
	if (!found) return Number.NaN;
	const [, day = '', hour, minute, second, part] = found;
	const [h, m, s] = [Number(hour), Number(minute), Number(second ?? 0)];
	return h > 23 || m > 59 || s > 59 ? Number.NaN : dayOf(day) + ((h * 60 + m) * 60 + s) * 1000 + Math.floor(Number(`0.${part ?? 0}`) * 1000);
}

const numeric = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a text says as it stands, or NaN; one that a double would change is none. */
export function numberOf(text: string): number {
	const trimmed = text.trim();
	if (!numeric.test(trimmed)) return Number.NaN;
	const value = Number(trimmed);
	if (!Number.isFinite(value)) return Number.NaN;
	return trimmed.replace(/^[+-]?0*|\.|e.*$/gi, '').length > 15 ? Number.NaN : value;
}

/** A whole number as it stands, or NaN. */
export function wholeOf(text: string): number {
	const value = numberOf(text);
	return Number.isSafeInteger(value) ? value : Number.NaN;
}
