import { z } from 'zod';
import { locales, localTextOf } from '#platform/locales.ts';

const someText = (most: number) => localTextOf(most).or(z.object({}).transform(() => ({})));

/** A briefing's own fields. */
export const briefingFields = z.object({
	title: localTextOf(200),
	summary: someText(1000),
	slug: z.string().trim().toLowerCase().regex(/^[a-z0-9][a-z0-9-]{2,80}$/, 'briefing.slug'),
	locales: z.preprocess((value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]), z.array(z.enum(locales)).min(1))
});
export type BriefingFields = z.output<typeof briefingFields>;

/** Kinds of blocks, and what each is bound to. */
export const blockKinds = ['heading', 'text', 'figure', 'quotation', 'finding', 'recommendation'] as const;
export type BlockKind = (typeof blockKinds)[number];

/** A block as the form sends it. */
export const blockFields = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('heading'), words: localTextOf(200) }),
	z.object({ kind: z.literal('text'), words: localTextOf(8000) }),
	z.object({ kind: z.literal('figure'), figureId: z.uuid() }),
	z.object({ kind: z.literal('quotation'), quotationId: z.uuid() }),
	z.object({ kind: z.literal('finding'), findingId: z.uuid() }),
	z.object({ kind: z.literal('recommendation'), recommendationId: z.uuid() })
]);
export type BlockFields = z.output<typeof blockFields>;
