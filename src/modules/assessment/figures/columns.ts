import type { Variable } from './variables.ts';
import { walkLeaves } from './leaves.ts';

/** What stands in `codes` when there is no answer to count. From 1 on: the choice's place in the list, or 1 for "answered". */
export const notAsked = -1;
export const leftBlank = 0;
/** Something was answered that is not on the list, or that is no number. */
export const unlisted = 32767;

/** The answers to one question over the rows of its level. */
export type Column = {
	readonly codes: Int16Array;
	/** Of a number; of a date the days since 1970. NaN where there is none. */
	readonly numbers: Float64Array | null;
	/** Of several choices: one bit a choice, 32 to a word, `words` words a row; the bit after the last choice is for what is not listed. */
	readonly bits: Uint32Array | null;
};

/** Rows of one level: the submissions themselves (`''`), or the instances of a repeat. */
export type Level = {
	readonly rows: number;
	/** For a repeat: the row of the level around it that each instance belongs to. */
	readonly parents: Int32Array | null;
	/** By path. */
	readonly columns: ReadonlyMap<string, Column>;
};

/** Some submissions of a round as columns. */
export type Slab = {
	/** By path of the repeat; the submissions under `''`. */
	readonly levels: ReadonlyMap<string, Level>;
	readonly places: readonly (string | null)[];
	/** Milliseconds since 1970. */
	readonly received: Float64Array;
	/** Submissions that are not counted (any more), by row. */
	readonly holes: ReadonlySet<number>;
};

/** A submission as it is kept. */
export type Kept = { readonly id: string; readonly placeId: string | null; readonly receivedAt: Date; readonly answers: Readonly<Record<string, unknown>>; readonly xml: string };

export const wordsOf = (variable: Variable): number => Math.floor(variable.options.length / 32) + 1;
export const levelOf = (variable: Variable): string => variable.repeats.at(-1) ?? '';

const numeric = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a text says, or NaN. */
export function numberIn(text: string): number {
	const trimmed = text.trim();
	if (!numeric.test(trimmed)) return Number.NaN;
	const value = Number(trimmed);
	return Number.isFinite(value) ? value : Number.NaN;
}

/** The days since 1970 of a calendar day at the start of a text, or NaN. */
export function dayIn(text: string): number {
	const found = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(text.trim());
	if (!found) return Number.NaN;
	const [, year = '', month = '', day = ''] = found;
	const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
	return new Date(at).toISOString().startsWith(`${year}-${month}-${day}`) ? at / 86_400_000 : Number.NaN;
}

/** Column of one question, filled answer by answer. */
class Filling {
	readonly variable: Variable;
	readonly codes: number[] = [];
	readonly numbers: number[] = [];
	readonly bits: number[] = [];
	readonly #places: ReadonlyMap<string, number>;

	constructor(variable: Variable) {
		this.variable = variable;
		this.#places = new Map(variable.options.map((option, i) => [option.key, i]));
	}

	/** @param text null: not asked */
	add(text: string | null): void {
		const { kind } = this.variable;
		const said = text?.trim() ?? '';
		const blank = text === null ? notAsked : leftBlank;
		if (kind === 'choices') {
			const words = new Array<number>(wordsOf(this.variable)).fill(0);
			const given = said === '' ? [] : said.split(/\s+/);
			for (const each of given) {
				const place = this.#places.get(each) ?? this.variable.options.length;
				words[place >> 5] = ((words[place >> 5] ?? 0) | (1 << (place & 31))) >>> 0;
			}
			this.codes.push(given.length === 0 ? blank : 1);
			this.bits.push(...words);
		} else if (kind === 'number' || kind === 'date') {
			const value = kind === 'number' ? numberIn(said) : dayIn(said);
			this.codes.push(said === '' ? blank : Number.isNaN(value) ? unlisted : 1);
			this.numbers.push(value);
		} else if (kind === 'choice') {
			const [first = ''] = said.split(/\s+/);
			const place = this.#places.get(first);
			this.codes.push(said === '' ? blank : place === undefined ? unlisted : place + 1);
		} else this.codes.push(said === '' ? blank : 1);
	}

	column(): Column {
		const { kind } = this.variable;
		return {
			codes: Int16Array.from(this.codes),
			numbers: kind === 'number' || kind === 'date' ? Float64Array.from(this.numbers) : null,
			bits: kind === 'choices' ? Uint32Array.from(this.bits) : null
		};
	}
}

/** The instances of one repeat in one submission: which stand there, and what was answered in each. */
type Instance = { readonly parent: number; readonly texts: Map<string, string> };

/**
 * Turns submissions into columns. What was answered is read from the kept answers, what was asked and left blank from the
 * XML: a question that was not asked has no element there. Inside several repeats the XML says which instance is whose.
 */
export function slabOf(variables: readonly Variable[], submissions: readonly Kept[]): Slab {
	const levels = levelNames(variables);
	const fillings = new Map(levels.map((level) => [level, variables.filter((each) => levelOf(each) === level).map((each) => new Filling(each))]));
	const parents = new Map<string, number[]>(levels.map((level) => [level, []]));
	const byPath = new Map(variables.map((each) => [each.path, each]));
	const depths = new Map(variables.flatMap((each) => each.repeats.map((repeat) => [repeat, depthOf(repeat)] as const)));
	const rows = new Map(levels.map((level) => [level, 0]));
	for (const [row, submission] of submissions.entries()) {
		const asked = new Map<string, Map<string, Instance>>();
		const present = new Set<string>();
		walkLeaves(submission.xml, (path, ordinals, text) => {
			const variable = byPath.get(path);
			if (variable === undefined) return;
			if (variable.repeats.length === 0) present.add(path);
			else instanceAt(asked, variable, ordinals, depths).texts.set(path, text());
		});
		addLists(asked, submission, variables);
		for (const filling of fillings.get('') ?? []) filling.add(textOf(submission.answers[filling.variable.path]) ?? (present.has(filling.variable.path) ? '' : null));
		addInstances(levels, asked, fillings, parents, rows, row);
	}
	return {
		levels: new Map(levels.map((level) => [level, {
			rows: level === '' ? submissions.length : (rows.get(level) ?? 0),
			parents: level === '' ? null : Int32Array.from(parents.get(level) ?? []),
			columns: new Map((fillings.get(level) ?? []).map((filling) => [filling.variable.path, filling.column()]))
		}])),
		places: submissions.map((each) => each.placeId),
		received: Float64Array.from(submissions, (each) => each.receivedAt.getTime()),
		holes: new Set()
	};
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const depthOf = (path: string): number => path.split('/').length - 2;

/** The levels of a form: submissions, then each repeat after the one around it. */
export function levelNames(variables: readonly Variable[]): string[] {
	return [...new Set(['', ...variables.flatMap((each) => each.repeats)])].sort((a, b) => a.split('/').length - b.split('/').length);
}

/** `1.3`: third instance of the inner repeat in the first of the outer one. */
function instanceAt(asked: Map<string, Map<string, Instance>>, variable: Variable, ordinals: readonly number[], depths: ReadonlyMap<string, number>): Instance {
	const numbers = variable.repeats.map((repeat) => ordinals[(depths.get(repeat) ?? 1) - 1] ?? 1);
	return instance(asked, variable.repeats, numbers);
}

function instance(asked: Map<string, Map<string, Instance>>, repeats: readonly string[], numbers: readonly number[]): Instance {
	// An instance stands although only an inner one was filled in.
	if (repeats.length > 1) instance(asked, repeats.slice(0, -1), numbers.slice(0, -1));
	const level = repeats.at(-1) ?? '';
	const all = asked.get(level) ?? new Map<string, Instance>();
	asked.set(level, all);
	const key = numbers.join('.');
	const found = all.get(key) ?? { parent: 0, texts: new Map<string, string>() };
	all.set(key, found);
	return found;
}

/** What the kept answers say of a repeat that is in no other: a list, one entry an instance. */
function addLists(asked: Map<string, Map<string, Instance>>, { answers }: Kept, variables: readonly Variable[]): void {
	for (const { path, repeats } of variables) {
		const list = answers[path];
		if (repeats.length !== 1 || !Array.isArray(list)) continue;
		for (const [i, value] of list.entries()) {
			const text = textOf(value) ?? '';
			if (text !== '' || asked.get(repeats[0] ?? '')?.has(String(i + 1))) {
				const { texts } = instance(asked, repeats, [i + 1]);
				if (text !== '') texts.set(path, text);
			}
		}
	}
}

function addInstances(
	levels: readonly string[],
	asked: ReadonlyMap<string, ReadonlyMap<string, Instance>>,
	fillings: ReadonlyMap<string, Filling[]>,
	parents: ReadonlyMap<string, number[]>,
	rows: Map<string, number>,
	submission: number
): void {
	const rowOf = new Map<string, number>();
	for (const level of levels.slice(1)) {
		const all = [...(asked.get(level) ?? [])].sort(([a], [b]) => compareNumbers(a, b));
		for (const [key, { texts }] of all) {
			const row = rows.get(level) ?? 0;
			rows.set(level, row + 1);
			rowOf.set(`${level}|${key}`, row);
			parents.get(level)?.push(around(level, key, levels, rowOf) ?? submission);
			for (const filling of fillings.get(level) ?? []) filling.add(texts.get(filling.variable.path) ?? null);
		}
	}
}

/** The row of the instance around: `1` for `1.3`; undefined in an outermost repeat. */
function around(level: string, key: string, levels: readonly string[], rowOf: ReadonlyMap<string, number>): number | undefined {
	const outer = key.split('.').slice(0, -1).join('.');
	if (outer === '') return undefined;
	const parent = levels.findLast((each) => each !== '' && each !== level && level.startsWith(`${each}/`));
	return rowOf.get(`${parent ?? ''}|${outer}`);
}

function compareNumbers(a: string, b: string): number {
	const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
	return left.map((part, i) => part - (right[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
}
