import { z } from 'zod';
import { dayField, idList, optionalText, placeChoice } from '#platform/form-fields.ts';
import { localTextOf } from '#platform/locales.ts';

export const resultStates = ['draft', 'stands', 'withdrawn'] as const;

/** A measured value as typed: a comma counts as a decimal sign, spaces between thousands are dropped. */
const measured = z.preprocess(
	(value) => (typeof value === 'string' ? value.replace(/[\s\u00A0\u202F]/g, '').replace(',', '.') || null : (value ?? null)),
	z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/).nullable()
);

/** A result's fields: what came of which responses, as a sentence and, where there is one, a value; with its evidence. */
export const resultFields = z.object({
	statement: localTextOf(2000),
	value: measured,
	valueUnit: optionalText(100),
	observedOn: dayField,
	placeId: placeChoice,
	trainings: idList,
	plans: idList,
	figures: idList,
	quotations: idList,
	documents: idList
});
export type ResultFields = z.output<typeof resultFields>;
