import { z } from 'zod';
import { localTextOf, type LocalText } from '#platform/locales.ts';

export const designs = ['census', 'sample', 'chosen'] as const;

const noWords = z.object({}).transform((): LocalText => ({}));

/** How the people of a round were chosen, as its form sends it. */
export const samplingFields = z.object({
	design: z.enum(designs),
	population: z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number().int().min(1).max(2_000_000_000).nullable()),
	how: localTextOf(2000).or(noWords)
});
export type SamplingFields = z.output<typeof samplingFields>;

/** What was stated when a figure was counted. */
export const samplingSchema = z.object({ design: z.enum(designs), population: z.int().nullable() }).nullable();
