import { Box, countsPeople, crossed, type Side } from './box.ts';
import type { CodeSets } from './codes.ts';
import { layCover, type Atoms, type Cover } from './cover.ts';
import { jointBlocks, type Block } from './joint.ts';

/** The system that is being put together, as far as tables are tied in it. */
export type Ties = {
	readonly idOf: (key: string) => number | undefined;
	readonly tablesOf: (cell: number) => ReadonlySet<number>;
	/** Whether a cell is known already to be the sum of other cells of tables. */
	readonly isSum: (cell: number) => boolean;
	/** Adds an unknown that stands in no table. */
	readonly imply: (table: number, side: Omit<Side, 'table'>, watched: boolean) => number;
	readonly sum: (parent: number, parts: readonly number[]) => void;
	readonly equal: (left: readonly number[], right: readonly number[]) => void;
	readonly atLeast: (more: readonly number[], less: readonly number[]) => void;
};

/**
 * Ties tables of the same people together: every cell becomes the sum of the finest groups that all of them tell apart.
 * @param time the axis whose codes are not laid together, -1 for none
 * @param always every cell, also where the finest groups are all cells of tables and it is the sum of others already
 * @param covers what is known besides of who is in which group
 */
export function tieTables(sets: readonly CodeSets[], time: number, sides: readonly Side[], always: boolean, covers: readonly Cover[], ties: Ties): void {
	const alike = Map.groupBy(sides, ({ population, box }) => JSON.stringify([population, box[time] ?? 0]));
	for (const group of alike.values()) {
		const base = sets.map((_, axis) => (axis === time ? (group[0]?.box[axis] ?? 0) : 0));
		const flat = group.map((side) => ({ ...side, box: side.box.map((id, axis) => (axis === time ? 0 : id)) }));
		const blocks = jointBlocks(sets, flat);
		const boxes = blocks.map((block) => new Box(block.axes, base, group[0]?.population ?? ''));
		const finest = new Set(blocks.flatMap((block, b) => keysOf(block, boxes[b])));
		const areCells = [...finest].every((key) => ties.tablesOf(ties.idOf(key) ?? -1).size > 0);
		// Where whole tables have said already what their margins are sums of, that is not said once more.
		const own = covers.filter(({ population }) => population === group[0]?.population);
		const open = areCells && !always && own.length === 0 ? flat.filter(({ key }) => !finest.has(key) && !ties.isSum(ties.idOf(key) ?? -1)) : flat;
		if (open.length === 0) continue;
		const atoms = blocks.map((block, b) => atomsOf(block, boxes[b], ties));
		for (const [b, block] of blocks.entries()) {
			const finest = atoms[b] ?? new Map<string, number>();
			sumCells(sets, block, finest, open, ties);
			const [other, others] = [blocks[block.beside?.block ?? -1], atoms[block.beside?.block ?? -1]];
			if (block.beside && other && others) agree(block, finest, other, others, block.beside.axes, ties);
		}
		for (const cover of own) layCover(sets, blocks, atoms, cover, ties.atLeast);
	}
}

const listOf = (codes: readonly number[]): [number, string][] => codes.map((id) => [id, '']);

/** What the finest groups of a block are called in the system. */
function keysOf({ codes }: Block, maker: Box | undefined): string[] {
	const keys: string[] = [];
	crossed(codes.map(listOf), (ids) => void keys.push(maker?.at(ids).key ?? ''));
	return keys;
}

function atomsOf({ axes, codes, table }: Block, maker: Box | undefined, ties: Ties): Atoms {
	const atoms = new Map<string, number>();
	if (!maker) return atoms;
	crossed(codes.map(listOf), (ids) => {
		const side = maker.at(ids);
		// Of sums only what is published and what lies between two of them is watched.
		atoms.set(axes.map((_, d) => ids[d] ?? 0).join(), ties.idOf(side.key) ?? ties.imply(table, side, countsPeople(side.population)));
	});
	return atoms;
}

/** Every cell that is narrowed on no other axes is a sum of the block's groups. */
function sumCells(sets: readonly CodeSets[], { axes }: Block, atoms: Atoms, sides: readonly Side[], ties: Ties): void {
	const within = [...atoms].map(([key, id]) => ({ id, codes: key.split(',').map(Number) }));
	for (const { box, key } of sides) {
		const cell = ties.idOf(key);
		if (axes.length === 0 || cell === undefined || box.some((id, axis) => id !== 0 && !axes.includes(axis))) continue;
		const parts = within.filter(({ codes }) => codes.every((code, d) => sets[axes[d] ?? 0]?.contains(box[axes[d] ?? 0] ?? 0, code))).map(({ id }) => id);
		if (parts.length > 0 && !parts.includes(cell)) ties.sum(cell, parts);
	}
}

/** What two blocks have in common comes to the same in both. */
function agree(block: Block, atoms: Atoms, other: Block, others: Atoms, axes: readonly number[], ties: Ties): void {
	const of = (each: Block, all: Atoms, ids: readonly number[]): number[] =>
		[...all].flatMap(([key, id]) => (axes.every((axis, d) => Number(key.split(',')[each.axes.indexOf(axis)]) === ids[d]) ? [id] : []));
	crossed(axes.map((axis) => listOf(block.codes[block.axes.indexOf(axis)] ?? [])), (ids) => {
		const [mine, theirs] = [new Set(of(block, atoms, ids)), new Set(of(other, others, ids))];
		const [left, right] = [[...mine.difference(theirs)], [...theirs.difference(mine)]];
		if (left.length > 0 || right.length > 0) ties.equal(left, right);
	});
}

/** Of a group that stands in no table: the smallest cell of a table that holds it, and the largest in that which lies beside it. */
export function aroundOf(sets: readonly CodeSets[], sides: readonly Side[], of: Side): readonly [Side, Side] | null {
	const parts = (axis: number, id: number): readonly number[] => sets[axis]?.parts(id) ?? [];
	const size = ({ box }: Side): number => box.reduce((product, id, axis) => product * parts(axis, id).length, 1);
	const holds = (outer: Side, inner: Side): boolean => outer.population === inner.population && outer.box.every((id, axis) => sets[axis]?.contains(id, inner.box[axis] ?? 0));
	const meets = (a: Side, b: Side): boolean => a.box.every((id, axis) => parts(axis, id).some((part) => parts(axis, b.box[axis] ?? 0).includes(part)));
	const [outer] = sides.filter((side) => holds(side, of)).sort((a, b) => size(a) - size(b));
	if (!outer) return null;
	const [inner] = sides.filter((side) => side.key !== outer.key && holds(outer, side) && !meets(side, of)).sort((a, b) => size(b) - size(a));
	return [outer, inner ?? outer];
}
