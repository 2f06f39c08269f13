import { toldCells, type MarginTable } from './attack.ts';

/** Cells with their margins, and which of them may be shown. The last row and column are the sums. */
export type ProtectedTable = MarginTable;

/** Adds the sums of rows and columns to a table. */
export function withMargins(cells: readonly (readonly number[])[]): number[][] {
	const rows = cells.map((row) => [...row, row.reduce((sum, count) => sum + count, 0)]);
	const columns = rows[0]?.length ?? 1;
	return [...rows, Array.from({ length: columns }, (_, j) => rows.reduce((sum, row) => sum + (row[j] ?? 0), 0))];
}

/**
 * Hides what may not be shown of a table of people: every count from 1 to `threshold - 1`, sums included, and as many
 * more as it takes that none of these can be worked out from the others and the sums. Zero says that there is nobody,
 * and stays. Deterministic: the same table is always hidden in the same way.
 *
 * @param counts the cells with their sums (`withMargins`)
 * @param threshold the smallest count of people that may be shown
 * @param known cells that are published elsewhere and cannot be hidden here; the corner (n) always is one
 * @param hidden cells that are hidden elsewhere and cannot be shown here
 */
export function protectTable(
	counts: readonly (readonly number[])[],
	threshold: number,
	known: (row: number, column: number) => boolean = () => false,
	hidden: (row: number, column: number) => boolean = () => false
): ProtectedTable {
	const lastRow = counts.length - 1;
	const lastColumn = (counts[0]?.length ?? 0) - 1;
	const isSmall = (count: number): boolean => count > 0 && count < threshold;
	const isKnown = (i: number, j: number): boolean => (i === lastRow && j === lastColumn) || known(i, j);
	const published = counts.map((row, i) => row.map((count, j) => isKnown(i, j) || (!hidden(i, j) && !isSmall(count))));
	for (;;) {
		const told = toldCells({ counts, published }).filter(([i, j]) => isSmall(counts[i]?.[j] ?? 0));
		const next = told.map(([i, j]) => partner(counts, published, isKnown, i, j)).find((cell) => cell !== undefined);
		// What is still told follows from what is published elsewhere; nothing that is hidden here could prevent it.
		if (next === undefined) return { counts, published };
		const row = published[next[0]];
		if (row) row[next[1]] = false;
	}
}

/**
 * The cell to hide beside one that can be told: in its row or column, an answer rather than a sum, somebody rather than
 * nobody, the smallest; if there is none left there, the smallest anywhere.
 */
function partner(
	counts: readonly (readonly number[])[],
	published: readonly (readonly boolean[])[],
	isKnown: (row: number, column: number) => boolean,
	row: number,
	column: number
): readonly [number, number] | undefined {
	const lastRow = counts.length - 1;
	const lastColumn = (counts[0]?.length ?? 0) - 1;
	const candidates = counts.flatMap((cells, i) =>
		cells.flatMap((count, j) => {
			if (!published[i]?.[j] || isKnown(i, j)) return [];
			const rank = [i === row || j === column ? 0 : 1, i === lastRow || j === lastColumn ? 1 : 0, count === 0 ? 1 : 0, count, i, j];
			return [{ cell: [i, j] as const, rank }];
		})
	);
	const [best] = candidates.sort((a, b) => a.rank.map((part, k) => part - (b.rank[k] ?? 0)).find((difference) => difference !== 0) ?? 0);
	return best?.cell;
}

/**
 * Hides what may not be shown of a question with several answers per person. The answers do not add up to the people
 * asked, but each answer and its opposite (those who did not give it) do: both are counts of people.
 *
 * @param counts `counts[i][j]` people of group j who gave answer i
 * @param asked people of group j
 * @returns which counts may be shown, and which of the groups' sizes
 */
export function protectMultiple(
	counts: readonly (readonly number[])[],
	asked: readonly number[],
	threshold: number
): { published: boolean[][]; asked: boolean[] } {
	const groups = protectTable(withMargins([asked]), threshold);
	const askedShown = asked.map((_, j) => groups.published[0]?.[j] ?? false);
	const published = counts.map((given) => {
		const opposite = given.map((count, j) => (asked[j] ?? 0) - count);
		const isSize = (row: number): boolean => row === 2;
		const table = protectTable(
			withMargins([given, opposite]),
			threshold,
			(i, j) => isSize(i) && (askedShown[j] ?? true),
			(i, j) => isSize(i) && askedShown[j] === false
		);
		// Where the group's size is shown, an answer shows its opposite too.
		return given.map((_, j) => (table.published[0]?.[j] ?? false) && ((table.published[1]?.[j] ?? false) || !(askedShown[j] ?? false)));
	});
	return { published, asked: askedShown };
}
