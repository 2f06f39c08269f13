import type { Cell, Difference, FigureCells, Head } from './cells.ts';
import type { Measure } from './query.ts';

/** One of the two rounds that a figure compares. */
export type SideName = 'earlier' | 'later';
export const sideNames: readonly SideName[] = ['earlier', 'later'];

/** The head under which a round's columns stand in a comparison. */
export const sideKey = (side: SideName): `@${SideName}` => `@${side}`;

type Series = FigureCells['series'][number];
const isOf = (series: Series, side: SideName): boolean => series.parts?.at(-1)?.key === sideKey(side);

/** The columns of one of the two rounds of a comparison, as if it had been counted alone. */
export function cellsOfSide({ series, rows }: FigureCells, side: SideName): FigureCells {
	const at = series.flatMap((each, j) => (isOf(each, side) ? [j] : []));
	return {
		series: at.map((j) => {
			const { parts = [], base } = series[j] ?? {};
			const group: Head[] = parts.slice(0, -1);
			const [only] = group;
			const head = group.length === 1 && only ? only : { key: group.map((part) => part.key).join('|'), label: {} };
			return { ...head, ...(group.length > 1 ? { parts: group } : {}), ...(base ? { base } : {}) };
		}),
		rows: rows.map(({ key, label, cells }) => ({ key, label, cells: at.map((j): Cell => cells[j] ?? 'withheld') }))
	};
}

/** How many people one of the two rounds is about; null where a column does not say it. */
export function sizeOfSide(cells: FigureCells, side: SideName): number | null {
	return cells.series.reduce<number | null>((sum, series) => (isOf(series, side) ? (sum === null || !series.base ? null : sum + series.base.n) : sum), 0);
}

/**
 * What may be shown of a comparison: of each round what may be shown of it, and a change where both its cells are.
 * @param whole the comparison with its exact cells and changes
 */
export function besideEachOther(whole: FigureCells, shown: Readonly<Record<SideName, FigureCells>>, measure: Measure): FigureCells {
	const column = new Map<number, { side: SideName; at: number }>();
	for (const side of sideNames) whole.series.flatMap((series, j) => (isOf(series, side) ? [j] : [])).forEach((j, at) => column.set(j, { side, at }));
	return {
		series: whole.series.map(({ key, label, parts }) => ({ key, label, ...(parts ? { parts } : {}) })),
		rows: whole.rows.map((row, i) => {
			const cells = whole.series.map((_, j): Cell => {
				const of = column.get(j);
				return (of && shown[of.side].rows[i]?.cells[of.at]) ?? 'withheld';
			});
			const isTold = (cell: Cell | undefined): boolean => typeof cell === 'object' && (measure !== 'share' || cell.share !== null);
			const differences = (row.differences ?? []).map((difference, k): Difference => (isTold(cells[2 * k]) && isTold(cells[2 * k + 1]) ? difference : null));
			return { key: row.key, label: row.label, cells, differences };
		})
	};
}
