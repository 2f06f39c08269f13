/** A test of one code of one axis. `key` says which test it is: equal keys test the same. */
export type Leaf = { readonly axis: string; readonly key: string; readonly has: (code: string) => boolean };

/** Who is counted, as a formula over axes: every person (or instance of a repeat) has one code on each axis. */
export type Expression = { readonly leaf: Leaf } | { readonly all: readonly Expression[] } | { readonly any: readonly Expression[] } | { readonly not: Expression };

/** A place on a line: a number, and whether it is at it (0) or just after it (1). */
export type Mark = readonly [value: number, side: 0 | 1];

/** An axis is a list of codes, or a line of numbers that is cut where somebody asks, with codes for those who have no number. */
type Axis = { readonly codes: readonly string[]; readonly marks: Map<string, Mark> | null };

const markCode = (mark: Mark): string => `at:${mark[0]}:${mark[1]}`;
const compare = (a: Mark, b: Mark): number => (a[0] === b[0] ? a[1] - b[1] : a[0] < b[0] ? -1 : 1);

/** The axes that people of one population are asked about, as far as anybody asked. */
export class Axes {
	readonly #axes = new Map<string, Axis>();
	readonly #leaves = new Map<string, Leaf>();

	/** Those with one of these codes on an axis of listed codes. */
	among(axis: string, codes: readonly string[], wanted: readonly string[]): Expression {
		if (!this.#axes.has(axis)) this.#axes.set(axis, { codes, marks: null });
		const set = new Set(wanted);
		return this.#leaf({ axis, key: JSON.stringify([...set].sort()), has: (code) => set.has(code) });
	}

	/** Those from (and with) one mark of a line to (and without) another; null: without end. `extras` are the codes of who has no number. */
	between(axis: string, extras: readonly string[], from: Mark | null, to: Mark | null): Expression {
		const marks = this.#line(axis, extras);
		for (const mark of [from, to]) if (mark) marks.set(markCode(mark), mark);
		const has = (code: string): boolean => {
			const mark = code === 'at:first' ? ([Number.NEGATIVE_INFINITY, 0] as const) : marks.get(code);
			return mark !== undefined && (from === null || compare(mark, from) >= 0) && (to === null || compare(mark, to) < 0);
		};
		return this.#leaf({ axis, key: JSON.stringify([from, to]), has });
	}

	/** Those who have no number on a line, for one of these reasons. */
	without(axis: string, extras: readonly string[], wanted: readonly string[]): Expression {
		this.#line(axis, extras);
		return this.#leaf({ axis, key: JSON.stringify([...wanted].sort()), has: (code) => wanted.includes(code) });
	}

	/** The codes of an axis, put together where no test tells them apart: one of each kind. */
	kinds(axis: string): string[] {
		const found = this.#axes.get(axis);
		if (!found) return [];
		const line = found.marks === null ? [] : ['at:first', ...[...found.marks.values()].sort(compare).map(markCode)];
		const leaves = [...this.#leaves.values()].filter((leaf) => leaf.axis === axis);
		const alike = Map.groupBy([...line, ...found.codes], (code) => leaves.map((leaf) => (leaf.has(code) ? '1' : '0')).join(''));
		return [...alike.values()].flatMap(([first]) => first ?? []);
	}

	#line(axis: string, extras: readonly string[]): Map<string, Mark> {
		const found = this.#axes.get(axis)?.marks ?? new Map<string, Mark>();
		if (!this.#axes.has(axis)) this.#axes.set(axis, { codes: extras, marks: found });
		return found;
	}

	#leaf(leaf: Leaf): Expression {
		const name = `${leaf.axis}\n${leaf.key}`;
		const known = this.#leaves.get(name) ?? leaf;
		this.#leaves.set(name, known);
		return { leaf: known };
	}
}

/** Everybody, and nobody. */
export const everybody: Expression = { all: [] };
export const nobody: Expression = { any: [] };

/** Whether a formula holds for somebody with these codes. */
export function holds(expression: Expression, codes: ReadonlyMap<string, string>): boolean {
	if ('leaf' in expression) return expression.leaf.has(codes.get(expression.leaf.axis) ?? '');
	if ('all' in expression) return expression.all.every((each) => holds(each, codes));
	if ('any' in expression) return expression.any.some((each) => holds(each, codes));
	return !holds(expression.not, codes);
}

/** The axes that a formula asks about. */
export function axesOf(expression: Expression): string[] {
	if ('leaf' in expression) return [expression.leaf.axis];
	const parts = 'all' in expression ? expression.all : 'any' in expression ? expression.any : [expression.not];
	return [...new Set(parts.flatMap(axesOf))].sort();
}

/** What must hold together, each by itself. */
export const conjuncts = (expression: Expression): Expression[] => ('all' in expression ? expression.all.flatMap(conjuncts) : [expression]);
