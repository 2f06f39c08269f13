import { z } from 'zod';
import { localTextOf } from './locales.ts';

/** Nothing typed in any language, as nothing. */
const blankAsNothing = (value: unknown): unknown => {
	const typed = typeof value === 'object' && value !== null ? Object.values(value) : [];
	return typed.some((text) => typeof text !== 'string' || text.trim() !== '') ? value : {};
};

/** Content in several languages that may be left empty. */
export const optionalText = (maxLength: number) => z.preprocess(blankAsNothing, z.strictObject({}).or(localTextOf(maxLength)));

/** A place chosen in a form; nothing chosen means the whole programme. */
export const placeChoice = z.preprocess((value) => (value === '' || value === undefined ? null : value), z.uuid().nullable());

/** Ids ticked in a form. */
export const idList = z.preprocess((value) => value ?? [], z.array(z.uuid()).max(200));

/** A day of the calendar, `YYYY-MM-DD`. */
export const dayField = z.iso.date();

/** Why something is withdrawn, in the person's words. */
export const reasonFields = z.object({ reason: z.string().trim().min(3, 'reason.missing').max(1000) });
