import { attackSchema, Inconsistent, protectSchema, Unusable, type PublishedTable, type Table } from '#disclosure/document.ts';
import { attack, protect, Unprotectable, type AttackReport } from '#disclosure/release.ts';
import type { FigureCells } from '#modules/assessment/figures/cells.ts';
import { boxesOf, Entangled } from './boxes.ts';
import { Axes, type Expression } from './expression.ts';
import { Groups, Unclear, type Ground } from './groups.ts';
import { summedBy, toldBy, type Ref, type Shown, type Summed, type Told } from './told.ts';

/** A figure as the judge sees it: its exact cells if it is to be published now, what was shown if it was published before. */
export type JudgedFigure = Shown & {
	/** The figure, or for an earlier release the release and the figure. */
	readonly id: string;
	readonly roundId: string;
	/** XPath of the repeat whose instances are counted; empty for submissions. */
	readonly level: string;
	/** Milliseconds up to which it counts; equal where nothing came in or changed between. */
	readonly cutOff: number;
};

export type JudgeInput = {
	readonly unit: 'people' | 'survivors';
	readonly threshold: number;
	readonly grounds: Readonly<Record<string, Ground>>;
	readonly figures: readonly JudgedFigure[];
	readonly earlier: readonly JudgedFigure[];
};

/** What may be shown of one figure. */
export type Pattern = {
	readonly id: string;
	readonly cells: FigureCells;
	readonly n: number | null;
	/** Cells held back, and of these how many because they are small themselves. */
	readonly held: number;
	readonly small: number;
	/** Cells in all. */
	readonly of: number;
};

/** Numbers that would be told if nothing were held back: by these figures alone, and only together with what was released before. */
export type Unguarded = { readonly alone: number; readonly together: number; readonly pairs: readonly { readonly from: string; readonly less: string }[] };

/** Why nothing safe can be published. */
export type Refusal = 'figure.no-pattern' | 'figure.entangled' | 'figure.below-zero' | 'figure.contradicts';

export type Verdict = { readonly patterns: readonly Pattern[]; readonly unguarded: Unguarded } | { readonly refused: Refusal; readonly ids: readonly string[] };

const format = 'hamkor-disclosure-1';
/** The p% rule for sums; see `isDominated` of the figures' own protection. */
const rule = { p: 15 };

/**
 * Decides which cells of figures may be published together, beside everything published before about the same people: judged by
 * `src/disclosure`, population by population. Deterministic.
 */
export async function judge(input: JudgeInput): Promise<Verdict> {
	const held = new Map<string, Set<Ref>>(input.figures.map(({ id }) => [id, new Set()]));
	const pairs: { from: string; less: string }[] = [];
	const unguarded = { alone: 0, together: 0, pairs };
	const populations = Map.groupBy(input.figures, populationOf);
	for (const [population, figures] of populations) {
		const earlier = input.earlier.filter((figure) => populationOf(figure) === population);
		try {
			if (figures.some(isBelowZero)) return { refused: 'figure.below-zero', ids: figures.filter(isBelowZero).map(({ id }) => id) };
			const found = await judgePopulation(input, figures, earlier);
			for (const [id, refs] of found.held) for (const ref of refs) held.get(id)?.add(ref);
			unguarded.alone += found.unguarded.alone;
			unguarded.together += found.unguarded.together;
			unguarded.pairs.push(...found.unguarded.pairs);
		} catch (error) {
			const refused = refusalFor(error);
			if (refused === null) throw error;
			return { refused, ids: figures.map(({ id }) => id) };
		}
	}
	return { patterns: input.figures.map((figure) => shownOf(figure, held.get(figure.id) ?? new Set(), input.threshold)), unguarded };
}

const populationOf = ({ roundId, level }: JudgedFigure): string => JSON.stringify([roundId, level]);
const isBelowZero = ({ query, cells }: JudgedFigure): boolean => (query.measure === 'mean' || query.measure === 'sum') && cells.series.some((series) => (series.base?.least ?? 0) < 0);

function refusalFor(error: unknown): Refusal | null {
	if (error instanceof Unprotectable) return 'figure.no-pattern';
	if (error instanceof Inconsistent) return 'figure.contradicts';
	return error instanceof Entangled || error instanceof Unclear || error instanceof Unusable ? 'figure.entangled' : null;
}

type Found = { held: Map<string, Ref[]>; unguarded: Unguarded };

/** Where people were changed or erased between two cut-offs, tables of different cut-offs do not hang together as they would otherwise. */
async function judgePopulation(input: JudgeInput, figures: readonly JudgedFigure[], earlier: readonly JudgedFigure[]): Promise<Found> {
	try {
		return await judgeLinked(input, figures, earlier, false);
	} catch (error) {
		if (!(error instanceof Inconsistent)) throw error;
		return judgeLinked(input, figures, earlier, true);
	}
}

async function judgeLinked(input: JudgeInput, figures: readonly JudgedFigure[], earlier: readonly JudgedFigure[], apart: boolean): Promise<Found> {
	const layout = layOut(input, [...figures, ...earlier], apart);
	const isNew = new Set(figures.map(({ id }) => id));
	const near = apart ? nearlyEqual(layout, isNew, input.threshold) : new Set<string>();
	const counts = layout.tables('', (figure, ref) => near.has(`${figure}\n${ref}`));
	const held = await protectedRefs(layout, counts, isNew);
	const summed = layout.tables('sums', (figure, ref) => held.get(figure)?.includes(ref) ?? false);
	if (summed.some(({ figure }) => isNew.has(figure))) for (const [id, refs] of await protectedRefs(layout, summed, isNew)) held.set(id, [...(held.get(id) ?? []), ...refs]);
	return { held, unguarded: await unguardedBy(layout, counts, isNew) };
}

type LaidTable = { figure: string; table: Table; refs: ReadonlyMap<string, Ref[]> };
type Layout = {
	dimensions: ReturnType<typeof boxesOf>['dimensions'];
	tables: (magnitude: '' | 'sums', few: (figure: string, ref: Ref) => boolean) => LaidTable[];
	/** By box, whatever the cut-off: the numbers that figures tell of it. */
	alike: ReadonlyMap<string, { figure: string; ref: Ref; value: number | null }[]>;
};

/** Lays all figures of a population out as tables over the same dimensions. @param apart whether each cut-off is a population of its own */
function layOut({ grounds, threshold, unit }: JudgeInput, figures: readonly JudgedFigure[], apart: boolean): Layout {
	const axes = new Axes();
	const [first] = figures;
	const groups = new Groups(axes, grounds[first?.roundId ?? ''] ?? { variables: [], places: [], starts: {} }, first?.level ?? '');
	const asked = figures.map((figure) => {
		const cutOff: Expression = apart ? { all: [] } : groups.received(null, [figure.cutOff, 1]);
		return { figure, told: toldBy(groups, figure, cutOff, threshold), summed: summedBy(groups, figure, cutOff) };
	});
	const impossible = groups.impossible();
	const formulas = [...asked.flatMap(({ told, summed }) => [...told, ...summed].map(({ whom }) => whom)), ...impossible];
	const { dimensions, boxes } = boxesOf(axes, formulas);
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
	return { dimensions, alike, tables };
}

const keyOf = (box: ReadonlyMap<string, string> | null | undefined): string | null => (box ? JSON.stringify([...box].sort()) : null);

/** A figure's numbers as tables: one for those that are narrowed on the same dimensions, so that each says no more than it says. */
function laidTables(figure: string, cells: readonly (Told | Summed)[], boxOf: ReadonlyMap<Expression, ReadonlyMap<string, string> | null>, few: (ref: Ref) => boolean, facts: Partial<Table>): LaidTable[] {
	const narrowed = ({ whom }: Told | Summed): string[] => [...(boxOf.get(whom)?.keys() ?? [])].sort();
	const alike = Map.groupBy(cells.filter(({ whom }) => boxOf.get(whom)), (cell) => narrowed(cell).join('\n'));
	return [...alike.values()].map((group, i) => {
		const dimensions = group[0] ? narrowed(group[0]) : [];
		const refs = new Map<string, Ref[]>();
		const laid = group.flatMap((cell): Table['cells'] => {
			const at = dimensions.map((name) => boxOf.get(cell.whom)?.get(name) ?? '*');
			const before = refs.get(at.join('\n'));
			refs.set(at.join('\n'), [...(before ?? []), cell.ref]);
			return before ? [] : [laidCell(at, cell, few(cell.ref), facts.threshold ?? 0)];
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

const asPublished = ({ cells, ...facts }: Table): PublishedTable => ({ ...facts, cells: cells.map(({ at, value }) => ({ at, value: value < 0 ? null : value })) });

/** Runs the protection; @returns what of each new figure has to be held back */
async function protectedRefs({ dimensions }: Layout, laid: readonly LaidTable[], isNew: ReadonlySet<string>): Promise<Map<string, Ref[]>> {
	const [now, before] = [laid.filter(({ figure }) => isNew.has(figure) || figure.startsWith('@')), laid.filter(({ figure }) => !isNew.has(figure) && !figure.startsWith('@'))];
	const earlier = before.length === 0 ? [] : [{ release: 'earlier', dimensions, tables: before.map(({ table }) => asPublished(table)) }];
	const { tables } = await protect(protectSchema.parse({ format, dimensions, tables: now.map(({ table }) => table), earlier }));
	const held = new Map<string, Ref[]>();
	for (const [i, { figure, refs }] of now.entries()) {
		const found = (tables[i]?.cells ?? []).flatMap(({ at, value }) => (value === null ? (refs.get(at.join('\n')) ?? []) : []));
		held.set(figure, [...(held.get(figure) ?? []), ...found]);
	}
	return held;
}

/** Where cut-offs cannot be laid together: numbers that differ a little from one published of the same people, counted at another time. */
function nearlyEqual({ alike }: Layout, isNew: ReadonlySet<string>, threshold: number): Set<string> {
	const near = new Set<string>();
	for (const told of alike.values()) {
		for (const [i, { figure, ref, value }] of told.entries()) {
			if (!isNew.has(figure) || value === null) continue;
			const others = told.filter((other, at) => other.value !== null && (!isNew.has(other.figure) || at < i));
			if (others.some((other) => Math.abs((other.value ?? 0) - value) > 0 && Math.abs((other.value ?? 0) - value) < threshold)) near.add(`${figure}\n${ref}`);
		}
	}
	return near;
}

/** The figure that a table is part of. */
const figureIn = (table: string): string => table.replace(/#\d+$/, '');

/** What would be told if nothing were held back. */
async function unguardedBy({ dimensions }: Layout, laid: readonly LaidTable[], isNew: ReadonlySet<string>): Promise<Unguarded> {
	const [now, before] = [laid.filter(({ figure }) => isNew.has(figure)), laid.filter(({ figure }) => !isNew.has(figure) && !figure.startsWith('@'))];
	const report = async (tables: readonly LaidTable[], earlier: readonly LaidTable[]): Promise<AttackReport> =>
		attack(attackSchema.parse({ format, dimensions, tables: tables.map(({ table }) => asPublished(table)), earlier: earlier.length === 0 ? [] : [{ release: 'earlier', dimensions, tables: earlier.map(({ table }) => asPublished(table)) }] }));
	const small = now.reduce((sum, { table }) => sum + table.cells.filter(({ value }) => value > 0 && value < (table.threshold ?? 0)).length, 0);
	const alone = await report(now, []);
	const both = before.length === 0 ? alone : await report(now, before);
	const pairs = new Map(both.implied.filter(({ from, less }) => from.release !== less.release).map(({ from, less }) => [`${figureIn(from.table)}\n${figureIn(less.table)}`, { from: figureIn(from.table), less: figureIn(less.table) }]));
	return { alone: small + alone.exposed, together: Math.max(0, both.exposed - alone.exposed), pairs: [...pairs.values()].slice(0, 20) };
}

/** A figure with what has to be held back taken out. */
function shownOf(figure: JudgedFigure, held: ReadonlySet<Ref>, threshold: number): Pattern {
	const { query, cells, id } = figure;
	let count = 0;
	let small = 0;
	const rows = cells.rows.map((row, i) => ({
		key: row.key, label: row.label,
		cells: row.cells.map((cell, j): FigureCells['rows'][number]['cells'][number] => {
			if (typeof cell === 'string' || held.has(`c:${i}:${j}`)) {
				count += 1;
				if (typeof cell !== 'string' && cell.count > 0 && (cell.people ?? cell.count) < threshold) small += 1;
				return 'withheld';
			}
			const { people: _people, ...shown } = cell;
			if (query.measure === 'count' || held.has(`b:${j}`)) return { count: shown.count, share: null };
			return shown;
		})
	}));
	const series = cells.series.map(({ key, label, parts }) => ({ key, label, ...(parts ? { parts } : {}) }));
	return { id, cells: { series, rows }, n: held.has('n') ? null : figure.n, held: count, small, of: rows.length * series.length };
}
