import { z } from 'zod';
import { canonical } from '#platform/canonical.ts';
import type { Cell, FigureCells } from '#modules/assessment/figures/cells.ts';
import { CutCategory, earlierQuery, type Mapping } from '#modules/assessment/figures/mapping.ts';
import type { Query } from '#modules/assessment/figures/query.ts';
import type { LocalText } from '#platform/locales.ts';

export const directions = ['above', 'below'] as const;
export type Direction = (typeof directions)[number];

/** One cell of a figure as a form's choice carries it. */
export const cellChoice = (figureId: string, rowKey: string, seriesKey: string): string => JSON.stringify([figureId, rowKey, seriesKey]);
const carriedCell = z
	.string()
	.max(2000)
	.transform((text, context): unknown => {
		try {
			return JSON.parse(text);
		} catch {
			context.addIssue({ code: 'custom', message: 'watch.cell-unknown' });
			return z.NEVER;
		}
	})
	.pipe(z.tuple([z.uuid(), z.string().min(1).max(200), z.string().max(500)]))
	.transform(([figureId, rowKey, seriesKey]) => ({ figureId, rowKey, seriesKey }));

/** A rule as its form sends it. The bar of a share is typed in per cent. */
export const watchFields = z.object({
	cell: carriedCell,
	direction: z.enum(directions),
	bar: z.preprocess((value) => (typeof value === 'string' ? value.trim().replace(',', '.') : value), z.coerce.number().min(-1e12).max(1e12)),
	reason: z.string().trim().min(3, 'reason.missing').max(1000)
});
export type WatchFields = z.output<typeof watchFields>;

/** A figure's number at one cell: its value, share or count, with the ends of its interval. Null: withheld, or nothing there. */
export type Number = { readonly value: number; readonly low?: number | undefined; readonly high?: number | undefined };

export function numberOf(cell: Cell | undefined, measure: string): Number | null {
	if (cell === undefined || typeof cell === 'string') return null;
	const { count, share, value, low, high } = cell;
	const told = measure === 'count' ? count : measure === 'share' ? share : (value ?? null);
	return told === null ? null : { value: told, low, high };
}

/** The cell of a row and a column. */
export function cellAt(cells: FigureCells, rowKey: string, seriesKey: string): Cell | undefined {
	const column = cells.series.findIndex((series) => series.key === seriesKey);
	return cells.rows.find((row) => row.key === rowKey)?.cells[column];
}

/** Whether a number crosses the bar, and whether its whole interval does. Exactly at the bar is not crossed. */
export function crosses({ value, low, high }: Number, direction: Direction, bar: number): { crossed: boolean; sure: boolean | null } {
	const crossed = direction === 'above' ? value > bar : value < bar;
	const end = direction === 'above' ? low : high;
	return { crossed, sure: !crossed || end === undefined ? null : direction === 'above' ? end > bar : end < bar };
}

/** What is known of a figure for holding it against another. */
export type Held = { readonly query: Query; readonly measure: string; readonly placeId: string | null };

/**
 * In which row and column of a later figure the watched cell is found again. Null: the later figure asks something else, or its answers
 * were put together or taken apart, so that the two numbers are not of the same thing.
 * @param later `comparedTo`: the round whose column stands beside it in a comparison
 */
export function foundAgain(
	watched: Held & { readonly rowKey: string; readonly seriesKey: string },
	later: Held & { readonly comparedTo: string | null },
	mappings: ReadonlyMap<string, Mapping>
): { rowKey: string; seriesKey: string } | null {
	if (watched.measure !== later.measure || watched.placeId !== later.placeId) return null;
	if (later.comparedTo !== null && later.comparedTo !== watched.query.roundId) return null;
	const of = mappings.get(later.query.of);
	if (!of || [...mappings.values()].some((mapping) => mapping.kind === 'not_comparable')) return null;
	if (!sameQuestion(watched.query, later.query, mappings)) return null;
	const seriesKey = later.comparedTo === null ? watched.seriesKey : `${watched.seriesKey}@later`;
	if (of.choices.length === 0 || watched.rowKey.startsWith('@')) return of.scale === null || of.scale === 1 ? { rowKey: watched.rowKey, seriesKey } : null;
	const category = of.choices.find((each) => each.earlier.includes(watched.rowKey));
	if (!category || category.earlier.length !== 1 || category.later.length !== 1) return null;
	const [laterKey = ''] = category.later;
	return { rowKey: later.comparedTo === null ? laterKey : category.key, seriesKey };
}

function sameQuestion(watched: Query, later: Query, mappings: ReadonlyMap<string, Mapping>): boolean {
	try {
		return canonical(earlierQuery(later, watched.roundId, mappings)) === canonical(watched);
	} catch (error) {
		if (error instanceof CutCategory) return false;
		throw error;
	}
}

/** What a rule reads just now. */
export type Reading = {
	readonly id: string;
	readonly gapId: string;
	readonly figure: { readonly id: string; readonly number: number; readonly title: LocalText; readonly round: LocalText };
	readonly row: LocalText;
	readonly series: LocalText;
	readonly measure: string;
	readonly direction: Direction;
	readonly bar: number;
	readonly reason: string;
	/** The number it was stated at. */
	readonly stated: Number | null;
	/** Whether the figure it was stated at has been withdrawn: then it reads nothing. */
	readonly withdrawn: boolean;
	/** The newest comparable figure of a later round; null: there is none yet. */
	readonly next: {
		readonly id: string;
		readonly number: number;
		readonly round: LocalText;
		readonly countedAt: Date;
		/** Null: it may not be shown. */
		readonly told: Number | null;
		readonly crossed: boolean;
		readonly sure: boolean | null;
	} | null;
};

/** Whether a closed gap counts as open again: a figure counted after it was closed lies beyond the bar. The newest such reading. */
export function reopenedBy(readings: readonly Reading[], gap: { readonly state: string; readonly closedAt: Date | null }): Reading | null {
	if (gap.state !== 'closed') return null;
	const crossed = readings.filter(({ next }) => next?.crossed === true && (gap.closedAt === null || next.countedAt > gap.closedAt));
	return crossed.sort((a, b) => (b.next?.countedAt.getTime() ?? 0) - (a.next?.countedAt.getTime() ?? 0))[0] ?? null;
}
