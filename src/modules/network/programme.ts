import { z } from 'zod';
import { localTextOf } from '#platform/locales.ts';

const isTimeZone = (name: string): boolean => {
	try {
		return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
	} catch {
		return false;
	}
};

/** What a new programme needs at the least. */
export const programmeFields = z.object({
	name: localTextOf(200),
	/** ISO 3166-1, two letters. */
	country: z.string().trim().toUpperCase().regex(/^[A-Z]{2}$/),
	/** A name of the IANA time zone database. */
	timeZone: z.string().trim().refine(isTimeZone),
	/** ISO 4217, three letters. */
	currency: z.string().trim().toUpperCase().regex(/^[A-Z]{3}$/)
});
export type ProgrammeFields = z.output<typeof programmeFields>;
