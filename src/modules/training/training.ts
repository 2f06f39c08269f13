import { z } from 'zod';
import { dayField, idList, optionalText, placeChoice } from '#platform/form-fields.ts';
import { localTextOf } from '#platform/locales.ts';

/** How a response goes: planned, under way, done; or cancelled, or withdrawn. */
export const trainingStates = ['draft', 'planned', 'under_way', 'done', 'cancelled', 'withdrawn'] as const;

/** A training's fields: it responds to gaps, or to priorities that communities stated. */
export const trainingFields = z
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
export type TrainingFields = z.output<typeof trainingFields>;
