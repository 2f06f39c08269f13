import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import loadHighs, { type Highs } from 'highs';

/** A linear programme over columns with bounds, all rows equations. */
export type Programme = {
	readonly cost: readonly number[];
	readonly lower: readonly number[];
	readonly upper: readonly number[];
	readonly rows: readonly { readonly columns: readonly number[]; readonly factors: readonly number[]; readonly sum: number }[];
};

/** What the solver found: a solution, none, or one that grows without end. */
export type Found = { kind: 'solved'; at: readonly number[] } | { kind: 'none' } | { kind: 'endless' };

/** What is further from a whole number than this is not one. */
const tolerance = 1e-6;
export const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < tolerance;

let code: Promise<WebAssembly.Module> | undefined;
let loaded: Promise<Highs> | undefined;

/**
 * The solver's code, to be handed to threads that come and go ({@link useSolverCode}): what has been made fast in one of them is
 * fast in the next. A small judgement costs 0.6 of what it costs with code of its own.
 */
export const solverCode = (): Promise<WebAssembly.Module> =>
	(code ??= readFile(createRequire(import.meta.url).resolve('highs/runtime')).then((bytes) => WebAssembly.compile(bytes)));

/** In a thread: takes the solver's code from the one that started it. Called before {@link solver}. */
export const useSolverCode = (given: WebAssembly.Module): void => void (loaded = loadHighs({ wasmModule: given }));

/** The solver, compiled to WebAssembly: the same bytes, and so the same answers, on every machine. */
export const solver = async (): Promise<Solver> => new Solver(await (loaded ??= loadHighs()));

/** Nodes after which a search for whole numbers is given up: a count, not a time, so that the answer is always the same. */
const mostNodes = 500;

export class Solver {
	readonly #highs: Highs;
	constructor(highs: Highs) {
		this.#highs = highs;
	}

	/** Solves one programme once. @param whole only whole numbers count */
	once(programme: Programme, { whole = false, maximize = false }: { whole?: boolean; maximize?: boolean } = {}): Found {
		const kept = this.keep(programme, whole);
		try {
			return kept.solve(maximize);
		} finally {
			kept.dispose();
		}
	}

	/** Keeps a programme for being solved again and again with other costs. Must be disposed of. */
	keep({ cost, lower, upper, rows }: Programme, whole = false): Kept {
		const { constants, infinity } = this.#highs;
		const starts = [0];
		const indices: number[] = [];
		const values: number[] = [];
		for (const { columns, factors } of rows) {
			for (const column of columns) indices.push(column);
			for (const factor of factors) values.push(factor);
			starts.push(indices.length);
		}
		const bound = (value: number): number => (value === Infinity ? infinity : value === -Infinity ? -infinity : value);
		const sums = Float64Array.from(rows, (row) => row.sum);
		const model = this.#highs.createModel();
		model.options.set({ output_flag: false, random_seed: 1, mip_max_nodes: mostNodes });
		model.passModel({
			numCols: cost.length,
			numRows: rows.length,
			colCost: Float64Array.from(cost),
			colLower: Float64Array.from(lower, bound),
			colUpper: Float64Array.from(upper, bound),
			rowLower: sums,
			rowUpper: sums,
			matrix: { format: 'csr', numRows: rows.length, numCols: cost.length, starts: Int32Array.from(starts), indices: Int32Array.from(indices), values: Float64Array.from(values) },
			...(whole ? { integrality: cost.map(() => constants.variableType.integer) } : {})
		});
		return new Kept(this.#highs, model, whole);
	}
}

type Model = ReturnType<Highs['createModel']>;

/** A programme in the solver's memory. */
export class Kept {
	readonly #highs: Highs;
	readonly #model: Model;
	readonly #whole: boolean;
	constructor(highs: Highs, model: Model, whole: boolean) {
		this.#highs = highs;
		this.#model = model;
		this.#whole = whole;
	}
	/** Changes what one column costs. */
	price(column: number, cost: number): void {
		this.#model.changeColCost(column, cost);
	}
	solve(maximize: boolean): Found {
		const { modelStatus, objectiveSense } = this.#highs.constants;
		this.#model.changeObjectiveSense(maximize ? objectiveSense.maximize : objectiveSense.minimize);
		this.#model.run();
		const status = this.#model.getModelStatus();
		if (status === modelStatus.optimal) return { kind: 'solved', at: [...this.#model.getSolution().colValue] };
		if (status === modelStatus.empty) return { kind: 'solved', at: [] };
		if (status === modelStatus.unbounded) return { kind: 'endless' };
		return this.#whole ? { kind: 'none' } : this.#plain();
	}
	/**
	 * Solves afresh and without presolve, which cannot always tell endless from impossible; and what is left of the solution
	 * before, for another cost, sometimes makes possible programmes look impossible.
	 */
	#plain(): Found {
		this.#model.options.set({ presolve: 'off' });
		try {
			this.#model.clearSolver();
			this.#model.run();
			const status = this.#model.getModelStatus();
			const { modelStatus } = this.#highs.constants;
			if (status === modelStatus.optimal) return { kind: 'solved', at: [...this.#model.getSolution().colValue] };
			return status === modelStatus.unbounded ? { kind: 'endless' } : { kind: 'none' };
		} finally {
			this.#model.options.set({ presolve: 'choose' });
		}
	}
	dispose(): void {
		this.#model.dispose();
	}
}
