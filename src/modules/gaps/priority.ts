import { z } from 'zod';
import { localTextOf } from '#platform/locales.ts';
import { dayField, placeChoice } from '#platform/form-fields.ts';

export const priorityStates = ['stands', 'withdrawn'] as const;

/** A priority that a community states for itself: by which group, never by whom. */
export const priorityFields = z.object({
	statement: localTextOf(2000),
	statedBy: localTextOf(200),
	statedOn: dayField,
	placeId: placeChoice
});
export type PriorityFields = z.output<typeof priorityFields>;
