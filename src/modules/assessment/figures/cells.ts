import { z } from 'zod';
import { locales, type LocalText } from '#platform/locales.ts';

/** Content in some of our languages. */
export const labelSchema = z.partialRecord(z.enum(locales), z.string()).transform((value): LocalText => value);

/**
 * One cell of a figure: how many, and their share within the column (of the column's base). Of a mean, median or sum `count` is
 * how many values it rests on and `value` what it comes to. `low` and `high`: the interval at 95 %, in the unit of the share or
 * value. In the protected form `fewer` stands for a count below the threshold, and `withheld` for one hidden to protect another.
 */
export const cellSchema = z.union([
	z.object({
		count: z.int().min(0),
		/** Of instances of a repeat: from how many submissions they are. Exact cells only. */
		people: z.int().min(0).optional(),
		share: z.number().min(0).max(1).nullable(),
		value: z.number().optional(),
		low: z.number().optional(),
		high: z.number().optional()
	}),
	z.literal('fewer'),
	z.literal('withheld')
]);
export type Cell = z.output<typeof cellSchema>;

/** Whom a column is about: asked, and of them answered (the base of shares unless it is all who were asked), left blank, refused, unusable. */
export const baseSchema = z.object({
	n: z.int(), people: z.int(), asked: z.int(), blank: z.int(), refused: z.int(), unusable: z.int(), notAsked: z.int(),
	/** Of a mean, median or sum: the two largest values and the least, by which it is judged whether one person dominates. */
	largest: z.array(z.number()).max(2).optional(),
	least: z.number().optional()
});
export type Base = z.output<typeof baseSchema>;

/** A change between two rounds: later less earlier, in the unit of the share or value; null where one of them may not be seen. */
export const differenceSchema = z.object({ value: z.number(), low: z.number().optional(), high: z.number().optional() }).nullable();
export type Difference = z.output<typeof differenceSchema>;

/** A heading. A column that is split twice names both groups. */
const headSchema = z.object({ key: z.string(), label: labelSchema });

/** The cells of a figure: one row an answer, one column a group of the splits (a single one when it is not split). */
export const figureCellsSchema = z.object({
	series: z.array(headSchema.extend({ parts: z.array(headSchema).optional(), base: baseSchema.optional() })).min(1),
	rows: z.array(headSchema.extend({ cells: z.array(cellSchema), differences: z.array(differenceSchema).optional() })),
	/** Rows that belong to no group of the splits; exact cells only. */
	ungrouped: z.int().optional()
});
export type FigureCells = z.output<typeof figureCellsSchema>;
export type Head = z.output<typeof headSchema>;

/** The smallest count above zero in a table of exact cells, column totals included; null when all are zero. */
export function smallestCount(cells: FigureCells): number | null {
	let smallest: number | null = null;
	for (const row of cells.rows) {
		for (const cell of row.cells) {
			if (typeof cell === 'string' || cell.count === 0) continue;
			if (smallest === null || cell.count < smallest) smallest = cell.count;
		}
	}
	return smallest;
}
