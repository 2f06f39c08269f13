import { total, Unusable, type Dimension } from './document.ts';

/** The order of code units: the same on every machine, whatever its language. */
export const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The codes of one dimension as sets of its smallest parts, so that a region, its districts and two different bandings of
 * ages can be laid side by side. Sets are numbered; 0 is everything.
 */
export class CodeSets {
	readonly name: string;
	readonly #parts: ReadonlyMap<string, number>;
	readonly #groups: ReadonlyMap<string, readonly string[]>;
	readonly #sets: number[][] = [];
	readonly #ids = new Map<string, number>();
	readonly #ofName = new Map<string, number>();
	readonly #having = new Map<number, number[]>();

	constructor({ name, codes, groups }: Dimension, path: string) {
		this.name = name;
		const sorted = [...codes].sort(byCode);
		const twice = sorted.find((code, i) => code === sorted[i + 1]);
		if (twice !== undefined) throw new Unusable(path, `the code "${twice}" stands in it twice`);
		this.#parts = new Map(sorted.map((code, i) => [code, i]));
		this.#groups = new Map(Object.entries(groups));
		for (const group of this.#groups.keys()) if (this.#parts.has(group) || group === total) throw new Unusable(path, `"${group}" is both a code and a group`);
		this.#register(sorted.map((_, i) => i));
		for (const group of this.#groups.keys()) this.#resolve(group, path, []);
	}

	/** The number of a code, a group or the total. @throws Unusable */
	idOf(name: string, path: string): number {
		if (name === total) return 0;
		const known = this.#ofName.get(name);
		if (known !== undefined) return known;
		const id = this.#register([...this.#resolve(name, path, [])].sort((a, b) => a - b));
		this.#ofName.set(name, id);
		return id;
	}

	/** The number of several codes and groups together. */
	idOfAll(names: readonly string[], path: string): number {
		const parts = new Set(names.flatMap((name) => (name === total ? (this.#sets[0] ?? []) : this.#resolve(name, path, []))));
		return this.#register([...parts].sort((a, b) => a - b));
	}

	parts(id: number): readonly number[] {
		return this.#sets[id] ?? [];
	}

	/** Sets that hold another one and more, as far as they have been asked for. */
	above(id: number): number[] {
		const inner = this.parts(id);
		return (this.#having.get(inner[0] ?? -1) ?? []).filter((other) => other !== id && this.contains(other, id));
	}

	contains(outer: number, inner: number): boolean {
		const [big, small] = [this.parts(outer), this.parts(inner)];
		if (small.length > big.length) return false;
		if (outer === 0) return true;
		let at = 0;
		for (const part of big) if (part === small[at]) at += 1;
		return at === small.length;
	}

	/** What the outer set holds and the inner ones do not; null for nothing. */
	without(outer: number, inner: readonly number[]): number | null {
		const taken = new Set(inner.flatMap((id) => this.parts(id)));
		const rest = this.parts(outer).filter((part) => !taken.has(part));
		return rest.length === 0 ? null : this.#register(rest);
	}

	/**
	 * The ways in which a set is a sum of others among those used: largest first, no two overlapping. What they leave over
	 * is a set of its own.
	 */
	covers(id: number, used: readonly number[]): number[][] {
		const size = (each: number): number => this.parts(each).length;
		const inside = used.filter((other) => other !== id && size(other) < size(id) && this.contains(id, other)).sort((a, b) => size(b) - size(a) || a - b);
		const owner = new Map<number, number>();
		const maximal = inside.filter((each) => {
			const parts = this.parts(each);
			const first = owner.get(parts[0] ?? -1);
			if (first !== undefined && this.contains(first, each)) return false;
			for (const part of parts) if (!owner.has(part)) owner.set(part, each);
			return true;
		});
		const begun = new Set<number>();
		const covers: number[][] = [];
		for (const begin of maximal) {
			if (begun.has(begin)) continue;
			const taken = new Set<number>();
			const cover: number[] = [];
			for (const each of [begin, ...inside]) {
				if (this.parts(each).some((part) => taken.has(part))) continue;
				cover.push(each);
				begun.add(each);
				for (const part of this.parts(each)) taken.add(part);
			}
			const rest = this.without(id, cover);
			covers.push(rest === null ? cover : [...cover, rest]);
		}
		return covers;
	}

	/** The largest sets that every one of these holds whole or not at all. @param rest whether to keep what none of them holds */
	classes(used: readonly number[], rest: boolean): number[] {
		const held = new Map<number, number[]>();
		for (const id of used) for (const part of this.parts(id)) held.set(part, [...(held.get(part) ?? []), id]);
		const alike = Map.groupBy(this.parts(0), (part) => held.get(part)?.join() ?? '');
		return [...alike].flatMap(([signature, parts]) => (signature === '' && !rest ? [] : [this.#register(parts)]));
	}

	#resolve(name: string, path: string, trail: readonly string[]): number[] {
		const part = this.#parts.get(name);
		if (part !== undefined) return [part];
		const members = this.#groups.get(name);
		if (!members) throw new Unusable(path, `the dimension "${this.name}" has no code or group "${name}"`);
		if (trail.includes(name)) throw new Unusable(path, `the group "${name}" holds itself`);
		return members.flatMap((member) => this.#resolve(member, path, [...trail, name]));
	}

	#register(parts: number[]): number {
		const unique = [...new Set(parts)];
		const key = unique.join(',');
		const known = this.#ids.get(key);
		if (known !== undefined) return known;
		const id = this.#sets.length;
		this.#sets.push(unique);
		this.#ids.set(key, id);
		for (const part of unique) this.#having.set(part, [...(this.#having.get(part) ?? []), id]);
		return id;
	}
}
