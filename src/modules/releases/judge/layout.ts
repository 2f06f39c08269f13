import type { PublishedTable, Table } from '#disclosure/document.ts';
import { pathsOf } from '#modules/assessment/figures/query.ts';
import { otherKey } from '#modules/assessment/figures/tally.ts';
import { boxesOf } from './boxes.ts';
import { Axes, type Expression } from './expression.ts';
import { Groups } from './groups.ts';
import type { JudgedFigure, JudgeInput } from './verdict.ts';
import { summedBy, toldBy, type Ref, type Summed, type Told } from './told.ts';

/** The p% rule for sums; see `isDominated` of the figures' own protection. */
const rule = { p: 15 };

/**
 * What a reader may take for granted, the most first: that answers are as the form asks for them; that required ones are there; that
 * everybody is at a place; that who was counted once is counted
 * again at a later cut-off. Where people were changed or erased in between, or answers came in by another way, the numbers contradict that.
 */
export type Belief = { readonly kept: boolean; readonly answered: boolean; readonly placed: boolean; readonly apart: boolean };
export const mostBelieved: Belief = { kept: true, answered: true, placed: true, apart: false };
const nothing: Belief = { kept: false, answered: false, placed: false, apart: false };
export const lessBelieved: readonly Belief[] = [{ ...mostBelieved, placed: false }, { ...mostBelieved, answered: false }, { ...nothing, kept: true }, nothing, { ...nothing, apart: true }];

/** A table, of which figure it is, and which of its numbers stand in which cell. */
export type LaidTable = { figure: string; table: Table; refs: ReadonlyMap<string, Ref[]> };

/** All figures of a population as tables over the same dimensions. */
export type Layout = {
	dimensions: ReturnType<typeof boxesOf>['dimensions'];
	covers: ReturnType<typeof boxesOf>['covers'];
	tables: (magnitude: '' | 'sums', few: (figure: string, ref: Ref) => boolean) => LaidTable[];
	/** By box, whatever the cut-off: the numbers that figures tell of it. */
	alike: ReadonlyMap<string, { figure: string; ref: Ref; value: number | null }[]>;
};

/** Lays all figures of a population out as tables over the same dimensions. @param apart whether each cut-off is a population of its own */
export function layOut({ grounds, threshold, unit }: JudgeInput, figures: readonly JudgedFigure[], { kept, answered, placed, apart }: Belief): Layout {
	const axes = new Axes();
	const [first] = figures;
	const groups = new Groups(axes, grounds[first?.roundId ?? ''] ?? { variables: [], places: [], starts: {} }, first?.level ?? '', { kept, answered, placed, open: openQuestions(figures) });
	const asked = figures.map((figure) => {
		const cutOff: Expression = apart ? { all: [] } : groups.received(null, [figure.cutOff, 1]);
		return { figure, told: toldBy(groups, figure, cutOff, threshold), summed: summedBy(groups, figure, cutOff) };
	});
	const impossible = [...groups.impossible(), ...groups.unasked(figures.flatMap(({ query }) => pathsOf(query)))];
	const formulas = [...asked.flatMap(({ told, summed }) => [...told, ...summed].map(({ whom }) => whom)), ...impossible];
	const { dimensions, covers, boxes } = boxesOf(axes, formulas, apart ? [] : groups.covers());
	const boxOf = new Map(formulas.map((formula, i) => [formula, boxes[i] ?? null]));
	const population = (figure: JudgedFigure): string => (apart ? `${figure.cutOff}` : '');
	const alike = new Map<string, { figure: string; ref: Ref; value: number | null }[]>();
	for (const { figure, told } of asked) {
		for (const { ref, whom, value } of told) {
			const key = keyOf(boxOf.get(whom));
			if (key !== null) alike.set(key, [...(alike.get(key) ?? []), { figure: figure.id, ref, value }]);
		}
	}
	const zeros = impossible.map((whom): Told => ({ ref: 'n', whom, value: 0, few: false, told: true }));
	const tables: Layout['tables'] = (magnitude, few) => [
		...asked.flatMap(({ figure, told, summed }) => {
			const facts = { population: population(figure), unit, threshold, ...(magnitude === '' ? {} : { magnitude: figure.query.of, rule }) };
			return laidTables(figure.id, magnitude === '' ? told : summed, boxOf, (ref) => few(figure.id, ref), facts);
		}),
		...(magnitude === '' && !apart ? laidTables('@nobody', zeros, boxOf, () => false, { unit, threshold }) : [])
	];
	return { dimensions, covers, alike, tables };
}

/** Questions to which some figure shows answers that stand on no list. */
function openQuestions(figures: readonly JudgedFigure[]): Set<string> {
	const isOther = ({ key }: { key: string }): boolean => key === otherKey;
	return new Set(figures.flatMap(({ query, cells }) => [
		...(cells.rows.some(isOther) ? [query.of] : []),
		...query.splits.flatMap((split, i) => (split.by === 'answer' && cells.series.some((series) => isOther(series.parts?.[i] ?? series)) ? [split.path] : []))
	]));
}

const keyOf = (box: ReadonlyMap<string, string> | null | undefined): string | null => (box ? JSON.stringify([...box].sort()) : null);

/** A figure's numbers as tables: one for those that are narrowed on the same dimensions, so that each says no more than it says. */
function laidTables(figure: string, cells: readonly (Told | Summed)[], boxOf: ReadonlyMap<Expression, ReadonlyMap<string, string> | null>, few: (ref: Ref) => boolean, facts: Partial<Table>): LaidTable[] {
	const narrowed = ({ whom }: Told | Summed): string[] => [...(boxOf.get(whom)?.keys() ?? [])].sort();
	const alike = Map.groupBy(cells.filter(({ whom }) => boxOf.get(whom)), (cell) => narrowed(cell).join('\n'));
	return [...alike.values()].map((group, i) => {
		const dimensions = group[0] ? narrowed(group[0]) : [];
		const placed = Map.groupBy(group, ({ whom }) => dimensions.map((name) => boxOf.get(whom)?.get(name) ?? '*').join('\n'));
		const refs = new Map([...placed].map(([at, same]) => [at, same.map(({ ref }) => ref)]));
		const laid = [...placed].flatMap(([at, same]): Table['cells'] => {
			// What one number of a figure leaves open, another of the same people may tell.
			const cell = same.find(({ value }) => value !== null) ?? same[0];
			return cell ? [laidCell(at === '' ? [] : at.split('\n'), cell, same.some(({ ref }) => few(ref)), facts.threshold ?? 0)] : [];
		});
		const table: Table = { id: `${figure}#${i}`, population: '', unit: 'people', dimensions, where: {}, margins: 'listed', ...facts, cells: laid };
		return { figure, refs, table };
	});
}

function laidCell(at: string[], cell: Told | Summed, few: boolean, threshold: number): Table['cells'][number] {
	// What was held back before stands as -1 until it is written as published; `protect` is given true numbers only.
	const value = cell.value ?? -1;
	if ('largest' in cell) {
		const tooFew = few || (cell.contributors < threshold && cell.value !== null && cell.value > 0);
		return { at, value, contributors: cell.contributors, largest: [...cell.largest], ...(tooFew ? { few: true } : {}) };
	}
	return { at, value, ...(few || cell.few ? { few: true } : {}), ...(cell.told ? { told: true } : {}) };
}

/** A table as it went out. */
export const asPublished = ({ cells, ...facts }: Table): PublishedTable => ({ ...facts, cells: cells.map(({ at, value }) => ({ at, value: value < 0 ? null : value })) });
