import { z } from 'zod';
import { differenceSchema } from '#modules/assessment/figures/cells.ts';

const locale = z.enum(['uz', 'uz-Cyrl', 'ru', 'kaa', 'en']);

/**
 * One cell of a released figure: how many, and their share, or the value of a mean, median or sum, with its interval. What is
 * held back is `withheld`, whether it is small itself or would tell what is: to say which would tell the small ones.
 */
const cellSchema = z.union([
	z.object({ count: z.int().min(0), share: z.number().min(0).max(1).nullable(), value: z.number().optional(), low: z.number().optional(), high: z.number().optional() }),
	z.literal('withheld')
]);

const blockSchema = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('heading'), text: z.string() }),
	z.object({ kind: z.literal('text'), text: z.string() }),
	z.object({
		kind: z.literal('figure'),
		figureId: z.uuid(),
		code: z.string(),
		title: z.string(),
		source: z.string(),
		/** What was asked, and by what the answers are told apart; editions of before do not say. */
		question: z.string().optional(),
		splits: z.array(z.string()).optional(),
		measure: z.enum(['count', 'share', 'mean', 'median', 'sum']),
		unit: z.enum(['people', 'survivors']),
		/** Null where even that is held back. */
		n: z.int().nullable(),
		/** What is held back is, or would tell, a number of people below this. Absent where nothing could be. */
		threshold: z.int().optional(),
		cutOff: z.iso.datetime(),
		queryVersion: z.int(),
		sha256: z.string(),
		/** Headings of the columns; one, without words, when the figure is not split. */
		series: z.array(z.string()).min(1),
		rows: z.array(z.object({ label: z.string(), cells: z.array(cellSchema) })),
		/** Of a comparison of two rounds, whose columns stand in pairs: of each row and group, later less earlier; null where one of the two is held back. */
		comparison: z.object({
			/** Headings of the pairs; one, without words, when the figure is not split. */
			groups: z.array(z.string()),
			changes: z.array(z.array(differenceSchema)),
			/** How many each round is about, how changed questions compare, what to take care of. */
			notes: z.array(z.string())
		}).optional()
	}),
	z.object({ kind: z.literal('quotation'), words: z.string(), lang: locale, spokenBy: z.string(), saidOn: z.iso.date().nullable() }),
	z.object({ kind: z.literal('finding'), code: z.string(), statement: z.string() }),
	z.object({ kind: z.literal('recommendation'), code: z.string(), title: z.string(), body: z.string(), addressedTo: z.string() })
]);

/**
 * One language of a published briefing, exactly as it went out. The public page and the PDF are made from this and from
 * nothing else, so that what was released cannot change behind the ledger's back.
 */
export const editionSchema = z.object({
	version: z.literal(1),
	locale,
	code: z.string(),
	title: z.string().min(1),
	summary: z.string(),
	publishedOn: z.iso.date(),
	releaseCode: z.string(),
	programme: z.object({
		name: z.string(),
		timeZone: z.string(),
		statement: z.string(),
		disclaimer: z.string(),
		demonstration: z.boolean()
	}),
	blocks: z.array(blockSchema)
});
export type Edition = z.output<typeof editionSchema>;
export type EditionBlock = Edition['blocks'][number];
export type EditionFigure = Extract<EditionBlock, { kind: 'figure' }>;

/**
 * The rank of the title that a figure or recommendation carries: under the heading before it, or under the briefing's own
 * title. Ranks must not skip one, in the PDF as on the page.
 */
export const titleRank = (blocks: readonly { kind: string }[], at: number): 2 | 3 =>
	blocks.slice(0, at).some((block) => block.kind === 'heading') ? 3 : 2;
