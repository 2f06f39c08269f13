import { z } from 'zod';
import { dayField, idList, optionalText, placeChoice } from '#platform/form-fields.ts';
import { localTextOf } from '#platform/locales.ts';

/** How a response goes: planned, under way, done; or cancelled, or withdrawn. */
export const planStates = ['draft', 'planned', 'under_way', 'done', 'cancelled', 'withdrawn'] as const;

/** An action plan's fields: it responds to gaps, or to priorities that communities stated. */
export const planFields = z
	.object({
		title: localTextOf(200),
		aim: optionalText(4000),
		ownerId: z.uuid(),
		placeId: placeChoice,
		startsOn: dayField,
		endsOn: dayField,
		gaps: idList,
		priorities: idList
	})
	.refine((value) => value.endsOn >= value.startsOn, { message: 'response.ends-before-start', path: ['endsOn'] });
export type PlanFields = z.output<typeof planFields>;
