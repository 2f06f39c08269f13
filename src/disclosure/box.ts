/** Where a cell stands: of which table, among whom, and on each axis which set of codes (0: all). */
export type Side = { readonly table: number; readonly key: string; readonly population: string; readonly box: readonly number[] };

/** Where the cells of one table stand among all dimensions. */
export class Box {
	readonly #axes: readonly number[];
	readonly #base: readonly number[];
	readonly #population: string;
	/** @param population see {@link populationKey} */
	constructor(axes: readonly number[], base: readonly number[], population: string) {
		this.#axes = axes;
		this.#base = base;
		this.#population = population;
	}
	at(ids: readonly number[]): { key: string; population: string; box: readonly number[] } {
		const box = [...this.#base];
		this.#axes.forEach((axis, d) => (box[axis] = ids[d] ?? 0));
		return { key: keyOf(this.#population, box), population: this.#population, box };
	}
}

/** Whose cells they are, and what is summed; people are counted where nothing is. */
export const populationKey = (population: string, magnitude: string): string => JSON.stringify([population, magnitude]);
export const countsPeople = (key: string): boolean => key.endsWith(',""]');

/** What a cell is called in the system. */
export const keyOf = (population: string, box: readonly number[]): string => `${population}${box.join()}`;

/** Visits every combination of one code of each list. */
export function crossed(codes: readonly (readonly (readonly [number, string])[])[], visit: (ids: readonly number[], at: readonly string[]) => void): void {
	const step = (d: number, ids: readonly number[], at: readonly string[]): void => {
		const own = codes[d];
		if (!own) return visit(ids, at);
		for (const [id, code] of own) step(d + 1, [...ids, id], [...at, code]);
	};
	step(0, [], []);
}
