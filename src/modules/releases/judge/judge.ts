import { attackSchema, Inconsistent, protectSchema, Unusable } from '#disclosure/document.ts';
import { attack, protect, Unprotectable, type AttackReport } from '#disclosure/release.ts';
import type { FigureCells } from '#modules/assessment/figures/cells.ts';
import { Entangled } from './boxes.ts';
import { Unclear } from './groups.ts';
import { asPublished, layOut, lessBelieved, mostBelieved, type Belief, type LaidTable, type Layout } from './layout.ts';
import { isFewApart, nearInOtherRounds, refName } from './rounds.ts';
import type { Ref } from './told.ts';
import type { JudgedFigure, JudgeInput, Pattern, Refusal, Unguarded, Verdict } from './verdict.ts';

const format = 'hamkor-disclosure-1';

/**
 * Decides which cells of figures may be published together, beside everything published before about the same people: judged by
 * `src/disclosure`, population by population. Deterministic.
 */
export async function judge(input: JudgeInput): Promise<Verdict> {
	const held = new Map<string, Set<Ref>>(input.figures.map(({ id }) => [id, new Set()]));
	const pairs: { from: string; less: string }[] = [];
	const unguarded = { alone: 0, together: 0, pairs };
	const populations = Map.groupBy(input.figures, populationOf);
	const near = nearInOtherRounds(input.figures, input.earlier, input.threshold);
	for (const [population, figures] of populations) {
		const earlier = input.earlier.filter((figure) => populationOf(figure) === population);
		try {
			if (figures.some(isBelowZero)) return { refused: 'figure.below-zero', ids: figures.filter(isBelowZero).map(({ id }) => id) };
			const found = await judgePopulation(input, figures, earlier, near);
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

async function judgePopulation(input: JudgeInput, figures: readonly JudgedFigure[], earlier: readonly JudgedFigure[], few: ReadonlySet<string>): Promise<Found> {
	let found = judgeLinked(input, figures, earlier, few, mostBelieved);
	for (const belief of lessBelieved) {
		found = found.catch((error: unknown) => {
			if (!(error instanceof Inconsistent)) throw error;
			return judgeLinked(input, figures, earlier, few, belief);
		});
	}
	return found;
}

async function judgeLinked(input: JudgeInput, figures: readonly JudgedFigure[], earlier: readonly JudgedFigure[], few: ReadonlySet<string>, belief: Belief): Promise<Found> {
	const layout = layOut(input, [...figures, ...earlier], belief);
	const isNew = new Set(figures.map(({ id }) => id));
	const near = belief.apart ? few.union(nearlyEqual(layout, isNew, input.threshold)) : few;
	const counts = layout.tables('', (figure, ref) => near.has(refName(figure, ref)));
	const held = await protectedRefs(layout, counts, isNew);
	const summed = layout.tables('sums', (figure, ref) => held.get(figure)?.includes(ref) ?? false);
	if (summed.some(({ figure }) => isNew.has(figure))) for (const [id, refs] of await protectedRefs(layout, summed, isNew)) held.set(id, [...(held.get(id) ?? []), ...refs]);
	return { held, unguarded: await unguardedBy(layout, counts, isNew) };
}

/** Runs the protection; @returns what of each new figure has to be held back */
async function protectedRefs({ dimensions, covers }: Layout, laid: readonly LaidTable[], isNew: ReadonlySet<string>): Promise<Map<string, Ref[]>> {
	const [now, before] = [laid.filter(({ figure }) => isNew.has(figure) || figure.startsWith('@')), laid.filter(({ figure }) => !isNew.has(figure) && !figure.startsWith('@'))];
	const earlier = before.length === 0 ? [] : [{ release: 'earlier', dimensions, tables: before.map(({ table }) => asPublished(table)) }];
	const { tables } = await protect(protectSchema.parse({ format, dimensions, covers, tables: now.map(({ table }) => table), earlier }));
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
			const others = told.filter((other, at) => !isNew.has(other.figure) || at < i);
			if (others.some((other) => isFewApart(value, other.value, threshold))) near.add(refName(figure, ref));
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
	const alone = await report(now, []);
	const both = before.length === 0 ? alone : await report(now, before);
	const pairs = new Map(both.implied.filter(({ from, less }) => from.release !== less.release).map(({ from, less }) => [`${figureIn(from.table)}\n${figureIn(less.table)}`, { from: figureIn(from.table), less: figureIn(less.table) }]));
	return { alone: alone.exposed, together: Math.max(0, both.exposed - alone.exposed), pairs: [...pairs.values()].slice(0, 20) };
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
