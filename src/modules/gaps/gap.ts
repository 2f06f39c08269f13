import { z } from 'zod';
import { localTextOf } from '#platform/locales.ts';
import { idList, optionalText, placeChoice } from '#platform/form-fields.ts';

/** What stands between people and what they need. */
export const barriers = ['availability', 'access', 'quality', 'coordination', 'norms', 'law', 'money'] as const;
export type Barrier = (typeof barriers)[number];

/** Groups that a gap can concern. A gap may concern several, or none of these: then its own words say whom. */
export const groups = ['women', 'girls', 'survivors', 'children', 'disability', 'rural', 'older', 'returnees', 'staff', 'community'] as const;
export type Group = (typeof groups)[number];

/**
 * A gap is drafted, put into the register, closed when it is met, and can be opened again. One that was merged into another or split into
 * others stays readable and is no longer ranked.
 */
export const gapStates = ['draft', 'open', 'closed', 'merged', 'split', 'withdrawn'] as const;

/** Groups ticked in a form. */
export const groupList = z.preprocess((value) => value ?? [], z.array(z.enum(groups)).max(groups.length)).optional();

/** A gap's fields, as the form, an import and an offline outbox send them. */
export const gapFields = z.object({
	title: localTextOf(200),
	description: optionalText(4000),
	forWhom: optionalText(500),
	barrier: z.enum(barriers),
	groups: groupList,
	placeId: placeChoice,
	findings: idList
});
export type GapFields = z.output<typeof gapFields>;
