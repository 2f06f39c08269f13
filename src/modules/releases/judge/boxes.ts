import type { Cover, Dimension } from '#disclosure/document.ts';
import { axesOf, conjuncts, holds, type Axes, type Expression } from './expression.ts';

/** Axes that one formula entangles have more codes together than can be judged. */
export class Entangled extends Error {}

/** Codes that axes which hang together by one formula ("women, or younger than 18") may have together. */
const mostCodes = 4096;

/** Who is in one group is in at least one of others. Each is told by one axis. */
export type Covered = { readonly of: Expression; readonly by: readonly Expression[] };

/** Groups of people as boxes: on each dimension all, or one named set of codes. */
export type Boxes = {
	readonly dimensions: readonly Dimension[];
	readonly covers: readonly Cover[];
	/** For each formula the name of its set by dimension; null: nobody can be in it. */
	readonly boxes: readonly (ReadonlyMap<string, string> | null)[];
};

/**
 * Lays formulas out as boxes that can be compared. What a single formula says about several axes at once makes one dimension
 * of these.
 * @throws Entangled
 */
export function boxesOf(axes: Axes, formulas: readonly Expression[], covered: readonly Covered[] = []): Boxes {
	const parts = formulas.map(conjuncts);
	const dimensions = new Dimensions(axes, [...parts.flat(), ...covered.flatMap(({ of, by }) => [of, ...by])]);
	const boxes = parts.map((list) => dimensions.box(list));
	const covers = covered.flatMap((each) => dimensions.cover(each) ?? []);
	return { dimensions: dimensions.declared(), covers, boxes };
}

class Dimensions {
	readonly #of = new Map<string, string>();
	readonly #codes = new Map<string, ReadonlyMap<string, string>[]>();
	readonly #sets = new Map<object, { dimension: string; codes: ReadonlySet<number> } | boolean>();
	readonly #names = new Map<string, Map<string, { name: string; codes: string[] }>>();

	constructor(axes: Axes, parts: readonly Expression[]) {
		const lists = parts.map(axesOf);
		const root = new Map<string, string>();
		const find = (axis: string): string => {
			const up = root.get(axis) ?? axis;
			return up === axis ? axis : find(up);
		};
		for (const [first, ...rest] of lists) for (const other of rest) if (first !== undefined) root.set(find(other), find(first));
		const members = Map.groupBy([...new Set(lists.flat())].sort(), find);
		for (const list of members.values()) {
			const name = list.join(' & ').slice(0, 200);
			for (const axis of list) this.#of.set(axis, name);
			let codes: ReadonlyMap<string, string>[] = [new Map()];
			for (const axis of list) {
				codes = codes.flatMap((each) => axes.kinds(axis).map((code) => new Map([...each, [axis, code]])));
				if (list.length > 1 && codes.length > mostCodes) throw new Entangled();
			}
			this.#codes.set(name, codes);
		}
	}

	box(parts: readonly Expression[]): ReadonlyMap<string, string> | null {
		const sets = new Map<string, ReadonlySet<number>>();
		for (const part of parts) {
			const set = this.#setOf(part);
			if (set === true) continue;
			if (set === false) return null;
			const before = sets.get(set.dimension);
			sets.set(set.dimension, before ? new Set([...set.codes].filter((code) => before.has(code))) : set.codes);
		}
		const box = new Map<string, string>();
		for (const [dimension, codes] of sets) {
			if (codes.size === 0) return null;
			if (codes.size < (this.#codes.get(dimension)?.length ?? 0)) box.set(dimension, this.#nameOf(dimension, codes));
		}
		return box;
	}

	/** Of several groups on one dimension only whoever is in any of them counts: who is in two is one person. */
	cover({ of, by }: Covered): Cover | null {
		const whole = this.#setOf(of);
		const parts = by.map((each) => this.#setOf(each)).filter((set) => typeof set === 'object');
		if (typeof whole !== 'object' || parts.length < by.length) return null;
		const merged = [...Map.groupBy(parts, ({ dimension }) => dimension)].map(([dimension, sets]) => ({ dimension, codes: sets.reduce((all, { codes }) => all.union(codes), new Set<number>()) }));
		const narrowed = ({ dimension, codes }: { dimension: string; codes: ReadonlySet<number> }): Cover['of'] => ({ [dimension]: [this.#nameOf(dimension, codes)] });
		return { population: '', of: narrowed(whole), by: merged.map(narrowed) };
	}

	declared(): Dimension[] {
		return [...this.#codes].map(([name, codes]) => ({
			name,
			codes: codes.map((_, i) => `c${i}`),
			groups: Object.fromEntries([...(this.#names.get(name)?.values() ?? [])].flatMap((set) => (set.codes.length > 1 ? [[set.name, set.codes]] : [])))
		}));
	}

	/** The codes for which a formula holds; true: all of them, whatever they are. */
	#setOf(part: Expression): { dimension: string; codes: ReadonlySet<number> } | boolean {
		const key = 'leaf' in part ? part.leaf : part;
		const known = this.#sets.get(key);
		if (known !== undefined) return known;
		const [axis] = axesOf(part);
		const dimension = axis === undefined ? undefined : this.#of.get(axis);
		const found = dimension === undefined
			? holds(part, new Map())
			: { dimension, codes: new Set((this.#codes.get(dimension) ?? []).flatMap((codes, i) => (holds(part, codes) ? [i] : []))) };
		this.#sets.set(key, found);
		return found;
	}

	#nameOf(dimension: string, set: ReadonlySet<number>): string {
		const codes = [...set].sort((a, b) => a - b).map((code) => `c${code}`);
		const names = this.#names.get(dimension) ?? new Map<string, { name: string; codes: string[] }>();
		this.#names.set(dimension, names);
		const known = names.get(codes.join()) ?? { name: codes.length === 1 ? (codes[0] ?? '') : `s${names.size}`, codes };
		names.set(codes.join(), known);
		return known.name;
	}
}
