import type { FigureCells } from '#modules/assessment/figures/cells.ts';

/** A released table, or one about to be: its cells by answer and group, and how it was split. */
export type Table = { split: string | null; cells: FigureCells };

/**
 * Whether two tables about the same question of the same round, laid side by side, give away a small count: somebody who
 * has both subtracts one from the other. Cells are compared where both were split alike; totals of an answer always.
 * @param threshold differences from 1 to threshold - 1 are small
 */
export function revealsByDifference(earlier: Table, later: Table, threshold: number): boolean {
	const small = (a: number, b: number): boolean => Math.abs(a - b) > 0 && Math.abs(a - b) < threshold;
	const before = counts(earlier.cells);
	for (const [row, series] of counts(later.cells)) {
		const old = before.get(row);
		if (!old) continue;
		if (small(total(old), total(series))) return true;
		if (earlier.split !== later.split) continue;
		for (const [key, count] of series) if (small(old.get(key) ?? 0, count)) return true;
	}
	return false;
}

const total = (series: ReadonlyMap<string, number>): number => [...series.values()].reduce((sum, count) => sum + count, 0);

function counts(cells: FigureCells): Map<string, Map<string, number>> {
	return new Map(
		cells.rows.map((row) => [
			row.key,
			new Map(
				row.cells.flatMap((cell, i): [string, number][] => {
					const series = cells.series[i];
					return series && typeof cell !== 'string' ? [[series.key, cell.count]] : [];
				})
			)
		])
	);
}
