import { z } from 'zod';
import { localTextOf } from '#platform/locales.ts';

const blank = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());

/** How far words said to the programme may go. */
export const consentLevels = ['internal', 'anonymous', 'public'] as const;

/** A document as its form sends it: where the evidence stands, so that somebody else can look it up. */
export const documentFields = z.object({
	title: localTextOf(300),
	source: z.string().trim().min(1).max(300),
	page: blank(z.string().trim().max(50)),
	dated: blank(z.iso.date()),
	link: blank(z.url({ protocol: /^https?$/ }).max(1000)),
	placeId: blank(z.uuid())
});
export type DocumentFields = z.output<typeof documentFields>;

/** Words said to the programme, by a role and never by a name. */
export const quotationFields = z.object({
	words: localTextOf(4000),
	spokenBy: localTextOf(150),
	saidOn: blank(z.iso.date()),
	consentLevel: z.enum(consentLevels),
	roundId: blank(z.uuid()),
	placeId: blank(z.uuid())
});
export type QuotationFields = z.output<typeof quotationFields>;

const ids = z.preprocess((value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]), z.array(z.uuid()).max(100));

/** A finding as its form sends it. */
export const findingFields = z.object({
	statement: localTextOf(1000),
	placeId: blank(z.uuid()),
	figures: ids,
	quotations: ids,
	documents: ids,
	scores: ids
});
export type FindingFields = Omit<z.output<typeof findingFields>, 'scores'> & { readonly scores?: readonly string[] };
