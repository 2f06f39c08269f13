import { z } from 'zod';
import { dayField, idList, optionalText, placeChoice } from '#platform/form-fields.ts';
import { localTextOf } from '#platform/locales.ts';

export const recommendationStates = ['draft', 'delivered', 'answered', 'withdrawn'] as const;
export const answers = ['accepted', 'partly', 'refused'] as const;

/** A recommendation's fields: what is asked of one named authority, citing gaps or results. */
export const recommendationFields = z.object({
	title: localTextOf(300),
	body: optionalText(8000),
	addressedTo: z.uuid(),
	placeId: placeChoice,
	gaps: idList,
	results: idList
});
export type RecommendationFields = z.output<typeof recommendationFields>;

export const deliveryFields = z.object({ deliveredOn: dayField });

/** The authority's answer; a refusal says why. */
export const answerFields = z
	.object({ answer: z.enum(answers), answerReason: optionalText(4000), answeredOn: dayField })
	.refine((value) => value.answer !== 'refused' || Object.keys(value.answerReason).length > 0, {
		message: 'recommendation.refusal-without-reason',
		path: ['answerReason']
	});
export type AnswerFields = z.output<typeof answerFields>;
