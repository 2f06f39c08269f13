import type { CodeSets } from './codes.ts';
import { Unusable } from './document.ts';

/** The finest groups of people that tables together tell apart by some axes: every combination of these codes. */
export type Block = {
	readonly axes: readonly number[];
	/** For each axis the largest sets of codes that no table cuts. */
	readonly codes: readonly (readonly number[])[];
	/** One of the tables that have these axes. */
	readonly table: number;
	/** The block before it with which it has axes in common, and which axes. */
	readonly beside: { readonly block: number; readonly axes: readonly number[] } | null;
};

/** Groups that all blocks may hold together. */
const mostJoint = 60_000;

/**
 * The blocks of groups that tables of the same people are sums of: one for each table or, where tables overlap in a ring (A by B,
 * B by C, C by A), one for all of them. Together they hold everything that somebody outside can work out, no more and no less:
 * margins over the cliques of a chordal graph fit one table of people exactly when they agree where they overlap
 * (Lauritzen 1996, "Graphical Models", section 4.4).
 * @param sides where the cells of tables stand; 0 on an axis: not narrowed
 * @throws Unusable when they hang together in too many ways
 */
export function jointBlocks(sets: readonly CodeSets[], sides: readonly { readonly table: number; readonly box: readonly number[] }[]): Block[] {
	const used = sets.map((_, axis) => [...new Set(sides.map(({ box }) => box[axis] ?? 0))].filter((id) => id !== 0));
	const whole = sets.map((_, axis) => sides.some(({ box }) => (box[axis] ?? 0) === 0));
	const classes = sets.map((each, axis) => (used[axis]?.length === 0 ? [] : each.classes(used[axis] ?? [], whole[axis] ?? true)));
	const groups = axesOfTables(sides);
	const cliques = cliquesOf(groups.map((group) => group.axes), (axis) => classes[axis]?.length ?? 1);
	const size = cliques.reduce((sum, axes) => sum + axes.reduce((product, axis) => product * (classes[axis]?.length ?? 1), 1), 0);
	if (size > mostJoint + sides.length) throw new Unusable('tables', `they hang together in too many ways to be judged together (${size} groups)`);
	return cliques.map((axes, i) => {
		const owner = groups.find((group) => axes.every((axis) => group.axes.includes(axis)));
		const common = cliques.slice(0, i).map((other, block) => ({ block, axes: other.filter((axis) => axes.includes(axis)) })).filter((other) => other.axes.length > 0);
		const beside = common.sort((a, b) => b.axes.length - a.axes.length || a.block - b.block)[0] ?? null;
		return { axes, codes: axes.map((axis) => classes[axis] ?? []), table: (owner ?? groups[0])?.table ?? 0, beside };
	});
}

/** The axes that tables are narrowed on, without those that stand within a larger list. */
function axesOfTables(sides: readonly { readonly table: number; readonly box: readonly number[] }[]): { axes: number[]; table: number }[] {
	const byTable = new Map<number, Set<number>>();
	for (const { table, box } of sides) {
		const axes = byTable.get(table) ?? new Set<number>();
		byTable.set(table, axes);
		box.forEach((id, axis) => id !== 0 && axes.add(axis));
	}
	const lists = [...byTable].map(([table, axes]) => ({ table, axes: [...axes].sort((a, b) => a - b) })).sort((a, b) => b.axes.length - a.axes.length || a.table - b.table);
	return lists.filter(({ axes }, i) => !lists.slice(0, i).some((larger) => axes.every((axis) => larger.axes.includes(axis))));
}

/**
 * The maximal cliques of the graph in which axes of one table are neighbours, after adding as few and as small neighbours as
 * a greedy order finds (minimum fill) until it is chordal.
 */
export function cliquesOf(groups: readonly (readonly number[])[], size: (axis: number) => number): number[][] {
	const neighbours = new Map<number, Set<number>>();
	for (const group of groups) for (const axis of group) neighbours.set(axis, new Set([...(neighbours.get(axis) ?? []), ...group].filter((other) => other !== axis)));
	const left = new Map([...neighbours].map(([axis, of]) => [axis, new Set(of)]));
	const cliques: number[][] = [];
	const missing = (axis: number): [number, number][] => {
		const around = [...(left.get(axis) ?? [])];
		return around.flatMap((a, i) => around.slice(i + 1).flatMap((b): [number, number][] => (left.get(a)?.has(b) ? [] : [[a, b]])));
	};
	const cost = (axis: number): number => missing(axis).reduce((sum, [a, b]) => sum + size(a) * size(b), 0);
	while (left.size > 0) {
		const [next] = [...left.keys()].map((axis) => ({ axis, cost: cost(axis) })).sort((a, b) => a.cost - b.cost || a.axis - b.axis);
		if (!next) break;
		for (const [a, b] of missing(next.axis)) {
			left.get(a)?.add(b);
			left.get(b)?.add(a);
		}
		const clique = [next.axis, ...(left.get(next.axis) ?? [])].sort((a, b) => a - b);
		if (!cliques.some((larger) => clique.every((axis) => larger.includes(axis)))) cliques.push(clique);
		for (const other of left.get(next.axis) ?? []) left.get(other)?.delete(next.axis);
		left.delete(next.axis);
	}
	// Last first: each then has with those before it what it has with one of them.
	return cliques.reverse();
}
