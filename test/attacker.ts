import loadHighs, { type Highs } from 'highs';

/** A number that was published: whom it is about, by kind, and how many they are; null where it is withheld. */
export type Published = { readonly of: readonly number[]; readonly value: number | null };
/** The least and the greatest number of people that a group can have; at least so far apart where that was all that was asked. */
export type Range = { readonly low: number; readonly high: number };

let loaded: Promise<Highs> | undefined;
const tolerance = 1e-6;

/**
 * Somebody who writes down every kind of person there can be, and looks for states of affairs in whole numbers that give all that was
 * published. Shares nothing with what is attacked but the solver, and takes the solver's word for nothing: a world counts when all
 * sums hold exactly.
 */
export class Attacker {
	readonly #highs: Highs;
	readonly #most: number;
	/** Kinds that nothing published or asked about tells apart, as one; by kind. */
	readonly #classOf: readonly number[];
	readonly #sizes: readonly number[];
	readonly #known: readonly { readonly of: readonly number[]; readonly value: number }[];
	readonly #worlds: number[][] = [];
	readonly #model: ReturnType<Highs['createModel']>;

	private constructor(highs: Highs, kinds: number, published: readonly Published[], targets: readonly (readonly number[])[], most: number) {
		this.#highs = highs;
		this.#most = most;
		const known = published.flatMap(({ of, value }) => (value === null ? [] : [{ of, value }]));
		const marks = Array.from({ length: kinds }, (): number[] => []);
		for (const [i, of] of [...known.map((each) => each.of), ...targets].entries()) for (const kind of of) marks[kind]?.push(i);
		const alike = Map.groupBy(marks.keys(), (kind) => marks[kind]?.join() ?? '');
		const classOf = new Array<number>(kinds).fill(0);
		[...alike.values()].forEach((members, i) => members.forEach((kind) => (classOf[kind] = i)));
		this.#classOf = classOf;
		this.#sizes = [...alike.values()].map((members) => members.length);
		this.#known = known.map(({ of, value }) => ({ of: this.#classes(of), value }));
		this.#model = this.#modelled(false);
	}

	/**
	 * @param kinds how many kinds of people there are
	 * @param targets groups that will be asked about
	 * @param most people that there may be of one kind
	 */
	static async with(kinds: number, published: readonly Published[], targets: readonly (readonly number[])[], most = 2000): Promise<Attacker> {
		return new Attacker(await (loaded ??= loadHighs()), kinds, published, targets, most);
	}

	/**
	 * Between which numbers a group can be placed.
	 * @param enough how wide a range is all that is asked
	 */
	range(target: readonly number[], enough = Infinity): Range {
		const of = this.#classes(target);
		const seen = (): Range => {
			const sums = this.#worlds.map((world) => sumOf(world, of));
			return { low: Math.min(...sums), high: Math.max(...sums) };
		};
		for (const sense of ['maximize', 'minimize'] as const) {
			const { low, high } = seen();
			if (this.#worlds.length > 0 && high - low >= enough) break;
			this.#worlds.push(this.#extreme(of, sense));
		}
		return seen();
	}

	dispose(): void {
		this.#model.dispose();
	}

	#classes(of: readonly number[]): number[] {
		return [...new Set(of.map((kind) => this.#classOf[kind] ?? 0))];
	}

	/** The world of whole numbers in which a group is largest or smallest. */
	#extreme(of: readonly number[], sense: 'maximize' | 'minimize'): number[] {
		const plain = this.#solved(this.#model, of, sense);
		if (plain.every((value) => Math.abs(value - Math.round(value)) < tolerance)) return this.#checked(plain);
		const whole = this.#modelled(true);
		try {
			return this.#checked(this.#solved(whole, of, sense));
		} finally {
			whole.dispose();
		}
	}

	#solved(model: ReturnType<Highs['createModel']>, of: readonly number[], sense: 'maximize' | 'minimize'): number[] {
		const { constants } = this.#highs;
		for (const [i] of this.#sizes.entries()) model.changeColCost(i, of.includes(i) ? 1 : 0);
		model.changeObjectiveSense(constants.objectiveSense[sense]);
		model.run();
		if (model.getModelStatus() !== constants.modelStatus.optimal) throw new Error(`the attacker found no world that fits (${String(model.getModelStatus())})`);
		return [...model.getSolution().colValue];
	}

	#checked(values: readonly number[]): number[] {
		const world = values.map(Math.round);
		for (const { of, value } of this.#known) if (sumOf(world, of) !== value) throw new Error('the solver gave a world that does not fit');
		if (world.some((count) => count < 0)) throw new Error('the solver gave a world with fewer than nobody');
		return world;
	}

	#modelled(whole: boolean): ReturnType<Highs['createModel']> {
		const { constants } = this.#highs;
		const model = this.#highs.createModel();
		const starts = [0];
		for (const { of } of this.#known) starts.push((starts.at(-1) ?? 0) + of.length);
		const indices = this.#known.flatMap(({ of }) => of);
		const sums = Float64Array.from(this.#known, ({ value }) => value);
		const [numCols, numRows] = [this.#sizes.length, this.#known.length];
		model.options.set({ output_flag: false });
		model.passModel({
			numCols,
			numRows,
			colCost: new Float64Array(numCols),
			colLower: new Float64Array(numCols),
			colUpper: Float64Array.from(this.#sizes, (size) => size * this.#most),
			rowLower: sums,
			rowUpper: sums,
			matrix: { format: 'csr', numRows, numCols, starts: Int32Array.from(starts), indices: Int32Array.from(indices), values: new Float64Array(indices.length).fill(1) },
			...(whole ? { integrality: this.#sizes.map(() => constants.variableType.integer) } : {})
		});
		return model;
	}
}

const sumOf = (world: readonly number[], of: readonly number[]): number => of.reduce((sum, i) => sum + (world[i] ?? 0), 0);

/** Whether a range tells a small number of people: somebody, fewer than the threshold, in a range narrower than that. */
export const isTold = ({ low, high }: Range, threshold: number): boolean => high >= 1 && low < threshold && high - low < threshold;

/** The groups among these whose small number is told. */
export async function toldGroups(kinds: number, published: readonly Published[], targets: readonly (readonly number[])[], threshold: number): Promise<(Range & { of: readonly number[] })[]> {
	const attacker = await Attacker.with(kinds, published, targets);
	try {
		return targets.flatMap((of) => {
			if (of.length === 0) return [];
			const range = attacker.range(of, threshold);
			return isTold(range, threshold) ? [{ ...range, of }] : [];
		});
	} finally {
		attacker.dispose();
	}
}
