import { crossed } from './box.ts';
import type { CodeSets } from './codes.ts';
import type { Block } from './joint.ts';

/** A group of people by the sets of codes that it is narrowed to, by axis. */
export type Narrowed = ReadonlyMap<number, number>;

/** Who is in one group is in at least one of others: of those who answered a list, everybody ticked something of it. */
export type Cover = { readonly population: string; readonly of: Narrowed; readonly by: readonly Narrowed[] };

/** The finest groups of a block, by their codes. */
export type Atoms = ReadonlyMap<string, number>;

type Part = { readonly block: Block; readonly atoms: Atoms; readonly narrowed: Narrowed };

/**
 * What a cover says of the numbers: in every group that all tables concerned tell apart, those of the one are no more than those of
 * the others added up. Nothing else follows as long as no two of the others are told together: where each has at most as many as
 * there are people, and all together at least as many, people can be found who are each in one.
 * @param atLeast notes that cells come to as much as others or more
 */
export function layCover(sets: readonly CodeSets[], blocks: readonly Block[], atoms: readonly Atoms[], { of, by }: Cover, atLeast: (more: readonly number[], less: readonly number[]) => void): void {
	const own = new Set([of, ...by].flatMap((narrowed) => [...narrowed.keys()]));
	const fitting = (narrowed: Narrowed): Part[] => blocks.flatMap((block, b) => (fits(sets, block, narrowed) ? [{ block, atoms: atoms[b] ?? new Map<string, number>(), narrowed }] : []));
	const others = by.map(fitting);
	const laid = new Set<string>();
	for (const whole of fitting(of)) {
		const around = whole.block.axes.filter((axis) => !own.has(axis));
		const parts = others.map((candidates) => widest(candidates, around));
		if (!parts.every((part) => part !== undefined)) return;
		const axes = around.filter((axis) => parts.every(({ block }) => block.axes.includes(axis)));
		if (laid.has(axes.join())) continue;
		laid.add(axes.join());
		const codes = axes.map((axis) => (whole.block.codes[whole.block.axes.indexOf(axis)] ?? []).map((id): [number, string] => [id, '']));
		crossed(codes, (ids) => {
			const at = new Map(axes.map((axis, d) => [axis, ids[d] ?? 0]));
			atLeast(parts.flatMap((part) => within(sets, part, at)), within(sets, whole, at));
		});
	}
}

/** Whether a block tells a group apart: it has its axes, and none of its codes is cut. */
function fits(sets: readonly CodeSets[], { axes, codes }: Block, narrowed: Narrowed): boolean {
	return [...narrowed].every(([axis, id]) => {
		const own = codes[axes.indexOf(axis)] ?? [];
		const size = own.reduce((sum, code) => sum + (sets[axis]?.contains(id, code) ? (sets[axis]?.parts(code).length ?? 0) : 0), 0);
		return axes.includes(axis) && size === sets[axis]?.parts(id).length;
	});
}

/** Of blocks that tell a group apart, the one with most of these axes. */
const widest = (parts: readonly Part[], axes: readonly number[]): Part | undefined => {
	const common = ({ block }: Part): number => axes.filter((axis) => block.axes.includes(axis)).length;
	return parts.reduce<Part | undefined>((best, part) => (best === undefined || common(part) > common(best) ? part : best), undefined);
};

/** The finest groups of a part that stand at these codes. */
function within(sets: readonly CodeSets[], { block, atoms, narrowed }: Part, at: ReadonlyMap<number, number>): number[] {
	return [...atoms].flatMap(([key, cell]) => {
		const codes = key.split(',').map(Number);
		const stands = block.axes.every((axis, d) => {
			const [code, set] = [codes[d] ?? 0, narrowed.get(axis)];
			return (at.get(axis) ?? code) === code && (set === undefined || sets[axis]?.contains(set, code) === true);
		});
		return stands ? [cell] : [];
	});
}
