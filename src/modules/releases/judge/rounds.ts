import type { JudgedFigure } from './verdict.ts';
import { baseFrom, tellsBases, type Ref } from './told.ts';

/** How a number of a figure is named among all. */
export const refName = (figure: string, ref: Ref): string => `${figure}\n${ref}`;

/** Whether two numbers of people differ, and by fewer than the threshold. */
export const isFewApart = (value: number, other: number | null, threshold: number): boolean => other !== null && value !== other && Math.abs(value - other) < threshold;

type Number = { readonly ref: Ref; readonly of: string; readonly value: number };

/** The numbers of people that a figure tells, by what they are of rather than where they stand. */
function numbersOf({ query, cells, n }: JudgedFigure): Number[] {
	const bases = tellsBases(query) ? cells.series.map((series, j) => ({ ref: `b:${j}` as const, of: JSON.stringify([series.key]), value: series.base?.n ?? baseFrom(cells, j, query) })) : [];
	const counts = cells.rows.flatMap((row, i) =>
		row.cells.map((cell, j) => ({ ref: `c:${i}:${j}` as const, of: JSON.stringify([cells.series[j]?.key, row.key]), value: typeof cell === 'object' ? cell.count : null }))
	);
	return [{ ref: 'n' as const, of: '', value: n }, ...bases, ...counts].flatMap(({ value, ...rest }) => (value === null ? [] : [{ ...rest, value }]));
}

/**
 * Numbers of new figures that differ by few people from what another round says of the same question, where the same people may have
 * been counted in both: who knows who came and who left would learn what these few are.
 * @returns names by {@link refName}
 */
export function nearInOtherRounds(figures: readonly JudgedFigure[], earlier: readonly JudgedFigure[], threshold: number): Set<string> {
	const near = new Set<string>();
	const said = Map.groupBy(earlier.filter((figure) => figure.returning), (figure) => figure.asked);
	for (const figure of figures) {
		if (!figure.returning) continue;
		const others = (said.get(figure.asked) ?? []).filter((other) => other.roundId !== figure.roundId && other.level === figure.level);
		const values = Map.groupBy(others.flatMap(numbersOf), ({ of }) => of);
		for (const { ref, of, value } of numbersOf(figure)) if (values.get(of)?.some((other) => isFewApart(value, other.value, threshold))) near.add(refName(figure.id, ref));
		// Of two that go out together the second one gives way.
		said.set(figure.asked, [...(said.get(figure.asked) ?? []), figure]);
	}
	return near;
}
