import { z } from 'zod';
import { dayField, optionalText, placeChoice } from '#platform/form-fields.ts';
import { localTextOf } from '#platform/locales.ts';

export const commitmentStates = ['made', 'withdrawn'] as const;
export const statuses = ['not_started', 'under_way', 'done', 'stopped'] as const;
export const sides = ['authority', 'civil_society'] as const;

/** What an authority undertakes in answer to a recommendation: by when, and how one will see it. */
export const commitmentFields = z
	.object({
		recommendationId: z.uuid(),
		title: localTextOf(300),
		measure: optionalText(4000),
		placeId: placeChoice,
		madeOn: dayField,
		dueOn: dayField
	})
	.refine((value) => value.dueOn >= value.madeOn, { message: 'commitment.due-before-made', path: ['dueOn'] });
export type CommitmentFields = z.output<typeof commitmentFields>;

/** How a commitment goes, in the words of one side. */
export const statusFields = z.object({
	status: z.enum(statuses),
	note: optionalText(2000),
	toldOn: dayField,
	documentId: z.preprocess((value) => (value === '' || value === undefined ? null : value), z.uuid().nullable())
});
export type StatusFields = z.output<typeof statusFields>;
