import { z } from 'zod';
import { locales, type LocalText } from '#platform/locales.ts';

const labelSchema = z.partialRecord(z.enum(locales), z.string()).transform((value): LocalText => value);

/**
 * One cell of a figure: how many, and their share within the column (of all who answered the question there).
 * In the protected form `fewer` stands for a count below the threshold, and `withheld` for one hidden to protect another.
 */
export const cellSchema = z.union([
	z.object({ count: z.int().min(0), share: z.number().min(0).max(1).nullable() }),
	z.literal('fewer'),
	z.literal('withheld')
]);
export type Cell = z.output<typeof cellSchema>;

/** The cells of a figure: one row an answer, one column a group of the split (a single one when it is not split). */
export const figureCellsSchema = z.object({
	series: z.array(z.object({ key: z.string(), label: labelSchema })).min(1),
	rows: z.array(z.object({ key: z.string(), label: labelSchema, cells: z.array(cellSchema) }))
});
export type FigureCells = z.output<typeof figureCellsSchema>;

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
