import { z } from 'zod';
import { dayField, idList, placeChoice } from '#platform/form-fields.ts';
import { localTextOf } from '#platform/locales.ts';

export const changeStates = ['draft', 'stands', 'withdrawn'] as const;

/** A verified change: what is different now, who verified it, on which evidence. */
export const changeFields = z.object({
	commitmentId: z.uuid(),
	statement: localTextOf(2000),
	verifiedOn: dayField,
	verifiedBy: z.uuid(),
	placeId: placeChoice,
	figures: idList,
	quotations: idList,
	documents: idList
});
export type ChangeFields = z.output<typeof changeFields>;
