import { z } from 'zod';
import { localTextOf } from '#platform/locales.ts';

/** What stands between people and what they need. */
export const barriers = ['availability', 'access', 'quality', 'coordination', 'norms', 'law', 'money'] as const;
export type Barrier = (typeof barriers)[number];

/** A gap's fields, as the form, an import and an offline outbox send them. */
export const gapFields = z.object({
	title: localTextOf(200),
	description: localTextOf(4000).or(z.object({}).transform(() => ({}))),
	forWhom: localTextOf(500).or(z.object({}).transform(() => ({}))),
	barrier: z.enum(barriers),
	placeId: z.preprocess((value) => (value === '' ? null : value), z.uuid().nullable()),
	findings: z.preprocess((value) => value ?? [], z.array(z.uuid()).max(100))
});
export type GapFields = z.output<typeof gapFields>;
