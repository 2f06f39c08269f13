import type { FigureCells } from '#modules/assessment/figures/cells.ts';
import { earlierQuery, type Mapping } from '#modules/assessment/figures/mapping.ts';
import type { Measure, Query } from '#modules/assessment/figures/query.ts';
import { besideEachOther, cellsOfSide, sideNames, sizeOfSide, type SideName } from '#modules/assessment/figures/sides.ts';
import { codedOf } from './coded.ts';
import type { JudgedFigure, Pattern, Verdict } from './verdict.ts';

/** A comparison of two rounds, exact or as it went out. */
export type Comparison = {
	readonly id: string;
	/** Of the later round, the place that it is about within. */
	readonly query: Query;
	readonly cells: FigureCells;
	/** How many people each round is about; null where that is not shown. */
	readonly sizes: Readonly<Record<SideName, number | null>>;
	readonly comparedRoundId: string;
	readonly mappings: readonly Mapping[];
};

const nameOf = (id: string, side: SideName): string => `${id} @${side}`;
/** The figure that a side is of. */
export const figureOf = (id: string): string => id.replace(/ @(earlier|later)$/, '');

/** The two rounds of a comparison as two figures, each about the people of its own round. */
export function sidesOf(comparison: Comparison): Pick<JudgedFigure, 'id' | 'roundId' | 'query' | 'cells' | 'n' | 'coded'>[] {
	const { id, query, cells, sizes, comparedRoundId, mappings } = comparison;
	const byPath = new Map(mappings.map((mapping) => [mapping.laterPath, mapping]));
	const asked = { earlier: { roundId: comparedRoundId, query: earlierQuery(query, comparedRoundId, byPath) }, later: { roundId: query.roundId, query } };
	return sideNames.map((side) => ({ id: nameOf(id, side), ...asked[side], cells: cellsOfSide(cells, side), n: sizes[side], coded: codedOf(mappings, side) }));
}

/** How many people each round of a comparison is about, by its exact cells. */
export const exactSizes = (cells: FigureCells): Comparison['sizes'] => ({ earlier: sizeOfSide(cells, 'earlier'), later: sizeOfSide(cells, 'later') });

/** A verdict on sides as one on the comparisons that they are of. */
export function withSidesTogether(verdict: Verdict, comparisons: ReadonlyMap<string, { readonly cells: FigureCells; readonly measure: Measure }>): Verdict {
	if ('refused' in verdict) return { ...verdict, ids: [...new Set(verdict.ids.map(figureOf))] };
	const byId = new Map(verdict.patterns.map((pattern) => [pattern.id, pattern]));
	const patterns = [...new Set(verdict.patterns.map(({ id }) => figureOf(id)))].flatMap((id): Pattern[] => {
		const [plain, earlier, later, whole] = [byId.get(id), byId.get(nameOf(id, 'earlier')), byId.get(nameOf(id, 'later')), comparisons.get(id)];
		if (plain) return [plain];
		if (!earlier || !later || !whole) return [];
		// Both sizes, or neither: one sum of both is said beside them.
		const n = earlier.n === null || later.n === null ? null : earlier.n + later.n;
		return [{
			id, n, nEarlier: n === null ? null : earlier.n,
			cells: besideEachOther(whole.cells, { earlier: earlier.cells, later: later.cells }, whole.measure),
			held: earlier.held + later.held, small: earlier.small + later.small, of: earlier.of + later.of
		}];
	});
	const pairs = verdict.unguarded.pairs.map(({ from, less }) => ({ from: figureOf(from), less: figureOf(less) }));
	return { patterns, unguarded: { ...verdict.unguarded, pairs } };
}
