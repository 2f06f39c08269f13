import type { Cell, FigureCells } from '#modules/assessment/figures/cells.ts';
import { isAverage, type Query } from '#modules/assessment/figures/query.ts';
import { unscaled, type Coded } from './coded.ts';
import { everybody, type Expression } from './expression.ts';
import type { Groups } from './groups.ts';

/** Which number of a figure: `n`, the size of a column, or a cell. */
export type Ref = 'n' | `b:${number}` | `c:${number}:${number}`;

/** A number that a figure tells: of whom, and how many they are; null where that is not shown. */
export type Told = { readonly ref: Ref; readonly whom: Expression; readonly value: number | null; readonly few: boolean; readonly told: boolean };

/** What a sum is made of. */
export type Summed = { readonly ref: Ref; readonly whom: Expression; readonly value: number | null; readonly contributors: number; readonly largest: readonly number[] };

/** A figure's cells, exact or as they went out, with its query (the place that it is about within). */
export type Shown = {
	readonly query: Query;
	readonly cells: FigureCells;
	readonly n: number | null;
	/** Of one side of a comparison: what its rows and groups stand for. */
	readonly coded?: Coded | undefined;
};

/** What stands for a choice that is not on the list, in the keys of rows and groups. */
const keysOf = (series: FigureCells['series'][number]): string[] => series.parts?.map((part) => part.key) ?? [series.key];

const isShown = (cell: Cell | undefined): cell is Exclude<Cell, string> => typeof cell === 'object';

/** Whether the size of each column follows from its shares. */
export const tellsBases = ({ measure, weight }: Query): boolean => measure === 'share' && weight === null;

/** Of whom each column is. */
function columns(groups: Groups, { query, cells }: Shown): Expression[] {
	const [first, second] = query.splits;
	const known = new Map<string, Expression>();
	const group = (split: typeof first, key: string | undefined): Expression => {
		if (!split || key === undefined) return everybody;
		const name = JSON.stringify([split, key]);
		const found = known.get(name) ?? groups.group(split, key);
		known.set(name, found);
		return found;
	};
	return cells.series.map((series) => {
		const [a, b] = keysOf(series);
		return { all: [group(first, a), group(second, b)] };
	});
}

/** Everybody who stands in one of the columns: each split by itself, so that it can be compared. */
function inAnyColumn(groups: Groups, { query, cells }: Shown): Expression {
	const parts = query.splits.map((split, i): Expression => ({ any: [...new Set(cells.series.map((series) => keysOf(series)[i] ?? ''))].map((key) => groups.group(split, key)) }));
	return { all: parts };
}

/**
 * Every number of people that a figure tells.
 * @param cutOff those of whom it is at all: received up to its cut-off
 * @param threshold for cells of several instances from one person
 */
export function toldBy(all: Groups, figure: Shown, cutOff: Expression, threshold: number): Told[] {
	const { query, cells, n, coded } = figure;
	const groups = coded ? all.as(coded) : all;
	const within: Expression = { all: [cutOff, groups.where(query.where)] };
	const base = groups.base(query);
	const counted = isAverage(query.measure) ? groups.values(query) : null;
	const inColumn = columns(groups, figure);
	const told = (ref: Ref, whom: readonly Expression[], value: number | null, people?: number): Told => {
		const few = value !== null && people !== undefined && value > 0 && people < threshold;
		return { ref, whom: { all: [within, ...whom] }, value, few, told: false };
	};
	const rows = cells.rows.map((row) => (counted === null ? groups.row(query, row.key) : counted));
	const inCells = cells.rows.flatMap((row, i) =>
		row.cells.map((cell, j) => told(`c:${i}:${j}`, [...(counted === null ? [base] : []), rows[i] ?? everybody, inColumn[j] ?? everybody], isShown(cell) ? cell.count : null, isShown(cell) ? cell.people : undefined))
	);
	const bases = tellsBases(query)
		? cells.series.map((series, j) => told(`b:${j}`, [base, inColumn[j] ?? everybody], series.base?.n ?? baseFrom(cells, j, query), series.base?.people))
		: [];
	const people = cells.series.every((series) => series.base !== undefined) ? cells.series.reduce((sum, series) => sum + (series.base?.people ?? 0), 0) : undefined;
	return [...inCells, ...bases, told('n', [base, inAnyColumn(groups, figure)], n, people)];
}

/** The size of a column as its shares tell it, or because nobody is in any row of it; null: nothing that is shown tells it. */
export function baseFrom(cells: FigureCells, j: number, { base, anyOf }: Query): number | null {
	if (base === 'answered' && anyOf === null && cells.rows.length > 0 && cells.rows.every(({ cells: row }) => isShown(row[j]) && row[j].count === 0)) return 0;
	for (const row of cells.rows) {
		const cell = row.cells[j];
		if (isShown(cell) && cell.share !== null && cell.share > 0) return Math.round(cell.count / cell.share);
	}
	return null;
}

/** Of what is summed, whole hundredths are taken, so that sums of sums are exact. */
const unit = 100;
const hundredths = (value: number): number => Math.round(value * unit);

/** The sums that a figure of means or sums tells; none for medians, which do not add up, and for weighed means. */
export function summedBy(all: Groups, figure: Shown, cutOff: Expression): Summed[] {
	const { query, cells, coded } = figure;
	const groups = coded ? all.as(coded) : all;
	// In the unit of the answers, so that sums of a comparison and of a figure of one round are the same where they are.
	const answered = (value: number): number => hundredths(coded ? unscaled(coded, query.of, value) : value);
	if ((query.measure !== 'mean' && query.measure !== 'sum') || query.weight !== null) return [];
	const within: Expression = { all: [cutOff, groups.where(query.where), groups.values(query)] };
	const inColumn = columns(groups, figure);
	return (cells.rows[0]?.cells ?? []).map((cell, j): Summed => {
		const value = isShown(cell) ? answered(query.measure === 'mean' ? (cell.value ?? 0) * cell.count : (cell.value ?? 0)) : null;
		const largest = (cells.series[j]?.base?.largest ?? []).map(answered);
		return { ref: `c:0:${j}`, whom: { all: [within, inColumn[j] ?? everybody] }, value, contributors: isShown(cell) ? cell.count : 0, largest };
	});
}
