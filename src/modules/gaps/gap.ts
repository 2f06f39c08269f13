import { z } from 'zod';
import { localTextOf } from '#platform/locales.ts';
import { idList, optionalText, placeChoice } from '#platform/form-fields.ts';

/** What stands between people and what they need. */
export const barriers = ['availability', 'access', 'quality', 'coordination', 'norms', 'law', 'money'] as const;
export type Barrier = (typeof barriers)[number];

/** A gap is drafted, put into the register, closed when it is met, and can be opened again. */
export const gapStates = ['draft', 'open', 'closed', 'withdrawn'] as const;

/** A gap's fields, as the form, an import and an offline outbox send them. */
export const gapFields = z.object({
	title: localTextOf(200),
	description: optionalText(4000),
	forWhom: optionalText(500),
	barrier: z.enum(barriers),
	placeId: placeChoice,
	findings: idList
});
export type GapFields = z.output<typeof gapFields>;
