/**
 * A table with its margins: `counts[i][j]` for the answers, the last row and the last column holding the sums, the corner
 * their sum. What is `published[i][j]` is known to everybody.
 */
export type MarginTable = { readonly counts: readonly (readonly number[])[]; readonly published: readonly (readonly boolean[])[] };

/**
 * Whether somebody who knows the published cells, and that each row and column adds up, can tell one hidden cell exactly.
 *
 * Exact, not a bound: with the margins counted negatively, every row and every column of the table sums to zero, so the
 * table is a circulation on a bipartite graph of rows and columns. Another table that looks the same from outside but
 * differs in this cell exists if and only if the residual graph of the hidden cells has a directed cycle through it
 * (flow decomposition; Gusfield 1988, "A graph theoretic approach to statistical data security"). Counts below zero do
 * not exist, hence the direction: a hidden cell can always be larger, but smaller only when it is above zero.
 */
export function canBeTold(table: MarginTable, row: number, column: number): boolean {
	const { counts, published } = table;
	if (published[row]?.[column]) return true;
	return !onCycle(counts, published, row, column, 1) && !onCycle(counts, published, row, column, -1);
}

/** Every hidden cell that can be told, in order of rows. */
export function toldCells(table: MarginTable): (readonly [row: number, column: number])[] {
	return table.counts.flatMap((cells, i) =>
		cells.flatMap((_, j) => (!table.published[i]?.[j] && canBeTold(table, i, j) ? [[i, j] as const] : []))
	);
}

/** -1 for a margin (a sum stands on the other side of its equation), 1 for a cell and for the corner. */
function signOf(counts: readonly (readonly number[])[], row: number, column: number): 1 | -1 {
	const isSumRow = row === counts.length - 1;
	const isSumColumn = column === (counts[0]?.length ?? 0) - 1;
	return isSumRow === isSumColumn ? 1 : -1;
}

/** Whether the signed value of a hidden cell may go up (`1`) or down (`-1`) by one. */
function mayMove(counts: readonly (readonly number[])[], row: number, column: number, direction: 1 | -1): boolean {
	return signOf(counts, row, column) === direction || (counts[row]?.[column] ?? 0) > 0;
}

/** Moving the signed cell up is a step from its row to its column, moving it down a step back; looks for the way round. */
function onCycle(counts: MarginTable['counts'], published: MarginTable['published'], row: number, column: number, direction: 1 | -1): boolean {
	if (!mayMove(counts, row, column, direction)) return false;
	const rows = counts.length;
	const columns = counts[0]?.length ?? 0;
	const target = direction === 1 ? row : rows + column;
	const seen = new Set<number>([direction === 1 ? rows + column : row]);
	const open = [...seen];
	for (let node = open.pop(); node !== undefined; node = open.pop()) {
		const fromRow = node < rows;
		for (let other = 0; other < (fromRow ? columns : rows); other += 1) {
			const [i, j] = fromRow ? [node, other] : [other, node - rows];
			if (published[i]?.[j] || (i === row && j === column) || !mayMove(counts, i, j, fromRow ? 1 : -1)) continue;
			const next = fromRow ? rows + other : other;
			if (next === target) return true;
			if (!seen.has(next)) {
				seen.add(next);
				open.push(next);
			}
		}
	}
	return false;
}
