import { assemble, type Assembled, type Known } from './assemble.ts';
import { boundsOf, completed, Contradiction } from './bounds.ts';
import { format, Inconsistent, Unusable, type AttackDocument, type Cover, type Dimension, type ProtectDocument, type PublishedTable } from './document.ts';
import type { Given } from './given.ts';
import { isSmall } from './primary.ts';
import { rounded } from './round.ts';
import { solver, type Solver } from './solver.ts';
import { suppressed, type Suppression } from './suppress.ts';
import { tells, type System, type Unknown } from './system.ts';

/** A cell as a document names it. */
export type CellName = { release?: string; table: string; at: readonly string[] };
/** A withheld cell under attack, or a small count that is shown. `high: null`: nothing bounds it. */
export type Attacked = CellName & { low: number | null; high: number | null; width: number | null; threshold: number; exposed: boolean };
/** A number that stands in no table, told by two cells of which one holds the other. */
export type Told = { from: CellName; less: CellName; low: number | null; high: number | null; threshold: number };

/** `unproved`: cells of tables too large to work out every range; then nothing is called safe. */
export type AttackReport = { format: typeof format; safe: boolean; withheld: number; exposed: number; unproved: number; cells: Attacked[]; implied: Told[] };

export type Protection = {
	format: typeof format;
	dimensions: readonly Dimension[];
	covers?: readonly Cover[];
	tables: PublishedTable[];
	report: { method: 'suppress' | 'round'; cells: number; published: number; withheld: number; kept: number; toldByEarlier: CellName[] };
};

/** There is no way to release these tables that keeps every cell safe: the cells in question. */
export class Unprotectable extends Error {
	readonly cells: readonly CellName[];
	constructor(cells: readonly CellName[]) {
		super(cells.length === 0 ? 'No rounding of these tables was found in which all sums hold; try another base.' : `There is no safe way to release these tables: ${cells.slice(0, 5).map(({ table, at }) => `${table} ${at.join(' / ')}`).join('; ')}${cells.length > 5 ? ` and ${cells.length - 5} more` : ''}.`);
		this.cells = cells;
	}
}

const earlierOf = ({ earlier }: Pick<ProtectDocument, 'earlier'>): Given[] =>
	earlier.flatMap(({ tables, release }, r) => tables.map((table, i) => ({ path: `earlier[${r}].tables[${i}]`, release: release ?? `earlier[${r}]`, table, whole: false })));
const knownFrom = ({ earlier, dimensions, covers }: Pick<ProtectDocument, 'dimensions' | 'covers' | 'earlier'>): Known => {
	const unique = <T>(all: readonly T[]): T[] => [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
	return { dimensions: unique([...earlier.flatMap((release) => release.dimensions), ...dimensions]), covers: unique([...earlier.flatMap((release) => release.covers), ...covers]) };
};

/** Lays tables side by side; where what came in earlier is not all there later, without assuming so. */
function sideBySide(solver: Solver, known: Known, given: readonly Given[]): { assembled: Assembled; system: System } {
	for (const nested of [true, false]) {
		const assembled = assemble(known, given, nested);
		try {
			const { system, between } = assembled.withDifferences(completed(solver, assembled, assembled.unknown));
			return { assembled: { ...assembled, around: (cell) => between.get(cell) ?? assembled.around(cell) }, system };
		} catch (error) {
			if (!(error instanceof Contradiction)) throw error;
		}
	}
	throw new Inconsistent('tables', 'what is published contradicts itself: there are no numbers that fit');
}

/**
 * Withholds what may not be shown of tables, and as much more as it takes that nobody who knows everything published
 * now and before can place a withheld cell within a range narrower than its threshold.
 * @throws Unusable, Unprotectable
 */
export async function protect(document: ProtectDocument): Promise<Protection> {
	const tool = await solver();
	const given: Given[] = [...document.tables.map((table, i) => ({ path: `tables[${i}]`, release: null, table, whole: true })), ...earlierOf(document)];
	const { assembled, system } = sideBySide(tool, knownFrom(document), given);
	if (document.method === 'round') return roundedRelease(tool, document, assembled, system);
	const cells = system.cells.map((cell) => (isPrimary(cell) ? { ...cell, known: false } : cell));
	const result = suppressed(tool, { ...system, cells });
	const toldByEarlier = toldAnyway(tool, { ...system, cells }, result, assembled);
	return protectionOf(document, assembled, toldByEarlier, 'suppress', (cell) => (result.withheld.has(cell) ? { value: null } : { value: system.cells[cell]?.value ?? 0 }));
}

/** A count from one to just below its threshold, or a sum that gives a contributor away. */
export const isPrimary = ({ open, value, need, large, up, few }: Unknown): boolean => open && (few === true || (large === Infinity ? up > 0 : isSmall(value, need)));

/** What nothing could protect although all of the new tables were withheld is known already. @throws Unprotectable for the rest */
function toldAnyway(tool: Solver, system: System, { exposed }: Suppression, assembled: Assembled): CellName[] {
	if (exposed.length === 0) return [];
	const silent: System = { ...system, cells: system.cells.map((cell) => (cell.open ? { ...cell, known: false } : cell)) };
	const bounds = boundsOf(tool, silent, new Set(exposed));
	const name = namesOf(assembled);
	const isTold = (i: number): boolean => {
		const [range, cell] = [bounds.get(i), system.cells[i]];
		return range !== undefined && cell !== undefined && tells(range, { ...cell, large: cell.large });
	};
	const rest = exposed.filter((i) => !isTold(i) && !isHarmless(tool, system, i));
	if (rest.length > 0) throw new Unprotectable(rest.map(name));
	return exposed.filter(isTold).map(name);
}

/** Whether a cell that could not be widened tells nothing after all: nobody, or many. */
function isHarmless(tool: Solver, system: System, i: number): boolean {
	const [range, cell] = [boundsOf(tool, system, new Set([i])).get(i), system.cells[i]];
	return range !== undefined && cell !== undefined && !tells(range, cell);
}

function namesOf({ tables, around }: Assembled): (cell: number) => CellName {
	const names = new Map<number, CellName>();
	for (const { given, placed } of tables) {
		for (const { cell, at } of placed) {
			if (!names.has(cell)) names.set(cell, { ...(given.release === null ? {} : { release: given.release }), table: given.table.id, at });
		}
	}
	return (cell) => names.get(cell) ?? names.get(around(cell)[0]) ?? { table: '', at: [] };
}

function protectionOf(
	document: ProtectDocument,
	assembled: Assembled,
	toldByEarlier: CellName[],
	method: 'suppress' | 'round',
	shown: (cell: number) => { value: number | null; roundedTo?: number }
): Protection {
	const tables = document.tables.map((table, i): PublishedTable => {
		const { cells, ...facts } = table;
		const placed = new Map((assembled.tables[i]?.placed ?? []).map((each) => [each.at.join('\u0000'), each]));
		const own = cells.map(({ at, told }) => ({ each: placed.get(at.join('\u0000')), told }));
		const added = [...placed.values()].filter((each) => !each.given).map((each) => ({ each, told: undefined }));
		return { ...facts, cells: [...own, ...added].flatMap(({ each, told }) => (each ? [{ at: [...each.at], ...shown(each.cell), ...(told ? { told } : {}) }] : [])) };
	});
	const all = tables.flatMap((table) => table.cells);
	const published = all.filter((cell) => cell.value !== null).length;
	const report = { method, cells: all.length, published, withheld: all.length - published, kept: Math.floor((published * 10_000) / all.length) / 10_000, toldByEarlier };
	return { format, dimensions: document.dimensions, ...(document.covers.length > 0 ? { covers: document.covers } : {}), tables, report };
}

function roundedRelease(tool: Solver, document: ProtectDocument, assembled: Assembled, system: System): Protection {
	const needs = system.cells.reduce((most, { need, open }) => (open ? Math.max(most, need) : most), 1);
	const base = document.base ?? 2 * needs;
	if (base <= needs) throw new Unusable('base', `${base} is too small: a number rounded to 0 could be placed below ${needs}; use more than ${needs}`);
	if (document.covers.length > 0) throw new Unusable('method', 'tables of which more is known than their sums are protected by withholding, not by rounding');
	if (document.earlier.length > 0) throw new Unusable('method', 'tables that lie beside earlier releases are protected by withholding, not by rounding');
	const values = rounded(tool, system, base);
	if (!values) throw new Unprotectable([]);
	return protectionOf(document, assembled, [], 'round', (cell) => ({ value: values[cell] ?? 0, roundedTo: base }));
}

/** A small count that these tables show themselves: it need not even be worked out. */
const isShownSmall = ({ known, open, value, need, large }: Unknown): boolean => known && open && large !== Infinity && isSmall(value, need);

/** Cells times columns up to which every range is worked out exactly. */
const budget = 60_000_000;

/**
 * The attack: everything that somebody outside can work out about what was withheld, from these tables and all earlier ones.
 * @throws Unusable
 */
export async function attack(document: AttackDocument): Promise<AttackReport> {
	const tool = await solver();
	const given: Given[] = [...document.tables.map((table, i) => ({ path: `tables[${i}]`, release: null, table, whole: false })), ...earlierOf(document)];
	const { assembled, system } = sideBySide(tool, knownFrom(document), given);
	const wanted = new Set(system.cells.flatMap(({ known }, i) => (known || assembled.unwatched.has(i) ? [] : [i])));
	const inTables = new Set(assembled.tables.flatMap(({ placed }) => placed.map(({ cell }) => cell)));
	const isWide = (cell: number, low: number, high: number): boolean => !inTables.has(cell) && high - low >= (system.cells[cell]?.need ?? Infinity);
	const bounds = boundsOf(tool, system, wanted, budget, isWide);
	const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
	const seen = new Set<number>();
	const cells = assembled.tables.flatMap(({ given: { table, release }, placed }) =>
		placed.flatMap(({ cell, at, given: isGiven }): Attacked[] => {
			const unknown = system.cells[cell];
			const range = bounds.get(cell) ?? (unknown && isShownSmall(unknown) ? { low: unknown.value, high: unknown.value } : undefined);
			if (!range || !unknown) return [];
			const exposed = tells(range, unknown);
			if (!isGiven && !exposed) return [];
			seen.add(cell);
			const { low, high } = range;
			return [{ ...(release === null ? {} : { release }), table: table.id, at, low: finite(low), high: finite(high), width: finite(high - low), threshold: unknown.need, exposed }];
		})
	);
	const name = namesOf(assembled);
	const implied = [...bounds].flatMap(([cell, range]): Told[] => {
		const unknown = system.cells[cell];
		if (!unknown || seen.has(cell) || inTables.has(cell) || !tells(range, unknown)) return [];
		const [from, less] = assembled.around(cell);
		return [{ from: name(from), less: name(less), low: finite(range.low), high: finite(range.high), threshold: unknown.need }];
	});
	const exposed = cells.filter((cell) => cell.exposed).length + implied.length;
	const unproved = [...bounds.values()].filter(({ tight }) => !tight).length;
	const withheld = cells.length - assembled.tables.flatMap(({ placed }) => placed.filter(({ cell }) => seen.has(cell) && system.cells[cell]?.known)).length;
	return { format, safe: exposed + unproved === 0, withheld, exposed, unproved, cells, implied };
}
