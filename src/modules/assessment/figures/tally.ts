import { leftBlank, levelOf, notAsked, unlisted, wordsOf, type Column, type Slab } from './columns.ts';
import { maskOf, rowsAround, type Ground } from './conditions.ts';
import { isAverage, type Query, type Split } from './query.ts';
import type { Recode } from './mapping.ts';
import type { Variable } from './variables.ts';

/** The key under which answers that are not on the list are counted. */
export const otherKey = '@other';

/** What was counted in one group of the splits. */
export type Group = {
	/** One for each split. */
	readonly keys: readonly string[];
	/** Rows that were asked, and of them: left blank, refused, answered with what cannot be used. */
	asked: number;
	blank: number;
	refused: number;
	unusable: number;
	/** Rows that were not asked. */
	notAsked: number;
	/** Rows of the base: those whom shares are of, or whose values are averaged. */
	n: number;
	/** Submissions among them: the same as `n` unless instances of a repeat are counted. */
	people: number;
	/** Sum of the weights of the base, and of their squares; `n` both when nothing is weighed. */
	weight: number;
	weightSquared: number;
	/** By answer (`rowKeys`): rows, submissions, weight. */
	readonly counts: Map<string, { rows: number; people: number; weight: number }>;
	/** For mean, median and sum: the values, and their weights when they are weighed. */
	readonly values: number[];
	readonly weights: number[];
};

export type Tally = {
	readonly groups: ReadonlyMap<string, Group>;
	/** Rows that would count but belong to no group: nothing was answered to what it is split by. */
	ungrouped: number;
};

/** What a tally leans on beside the answers. */
export type TallyGround = Ground & {
	/** The place that a submission's place stands for at a level, or null. */
	readonly placeAt: (placeId: string | null, level: 'region' | 'district' | 'exact') => string | null;
	readonly cutOff: number;
	/** For comparing rounds: by path, the categories that choices are counted as. A choice in none counts as unusable. */
	readonly recodes?: ReadonlyMap<string, Recode>;
};

export const startTally = (): { groups: Map<string, Group>; ungrouped: number } => ({ groups: new Map(), ungrouped: 0 });

const newGroup = (keys: readonly string[]): Group => ({
	keys, asked: 0, blank: 0, refused: 0, unusable: 0, notAsked: 0, n: 0, people: 0, weight: 0, weightSquared: 0, counts: new Map(), values: [], weights: []
});

/** Where a number falls among bands that begin at these: 0 below the first. */
export function bandOf(value: number, starts: readonly number[]): number {
	let band = 0;
	while (band < starts.length && value >= (starts[band] ?? Number.POSITIVE_INFINITY)) band++;
	return band;
}

/** Adds the submissions of a slab to a tally. @param variable what is counted, `query.of` */
export function tallySlab(tally: ReturnType<typeof startTally>, slab: Slab, query: Query, variable: Variable, ground: TallyGround): void {
	const level = levelOf(variable);
	const column = slab.levels.get(level)?.columns.get(variable.path);
	if (!column) return;
	const rows = slab.levels.get(level)?.rows ?? 0;
	const submissionOf = rowsAround(slab, level, '');
	const holds = query.where === null ? null : maskOf(query.where, slab, level, ground);
	const keysOf = query.splits.map((split) => splitKeys(split, slab, level, submissionOf, ground));
	const weights = query.weight === null ? null : weightsOf(slab, level, ground.variables.get(query.weight));
	const classify = classifier(query, variable, column, ground.recodes?.get(variable.path));
	const scale = ground.recodes?.get(variable.path)?.scale ?? 1;
	const lastSeen = new Map<string, number>();
	const isNew = (cell: string, submission: number): boolean => {
		if (lastSeen.get(cell) === submission) return false;
		lastSeen.set(cell, submission);
		return true;
	};
	const repeated = level !== '';
	const found = new Map<number, Group>();
	const places = keysOf.map(() => new Map<string, number>());
	for (let row = 0; row < rows; row++) {
		const submission = submissionOf[row] ?? -1;
		if (slab.holes.has(submission) || (slab.received[submission] ?? Number.POSITIVE_INFINITY) > ground.cutOff) continue;
		if (holds !== null && holds[row] === 0) continue;
		let at = 0;
		let grouped = true;
		for (let i = 0; i < keysOf.length; i++) {
			const key = keysOf[i]?.(row) ?? null;
			if (key === null) {
				grouped = false;
				break;
			}
			const known = places[i];
			let place = known?.get(key);
			if (place === undefined) {
				place = known?.size ?? 0;
				known?.set(key, place);
			}
			at = at * 100_000 + place;
		}
		if (!grouped) {
			if ((column.codes[row] ?? notAsked) > 0) tally.ungrouped += 1;
			continue;
		}
		let group = found.get(at);
		if (group === undefined) {
			const keys = keysOf.map((keyOf) => keyOf(row) ?? '');
			const name = JSON.stringify(keys);
			group = tally.groups.get(name) ?? newGroup(keys);
			tally.groups.set(name, group);
			found.set(at, group);
		}
		count(group, row, submission);
	}

	function count(group: Group, row: number, submission: number): void {
		const code = column?.codes[row] ?? notAsked;
		if (code === notAsked) {
			group.notAsked += 1;
			return;
		}
		group.asked += 1;
		const answers = classify(row);
		if (code === leftBlank) group.blank += 1;
		else if (answers === 'refused') group.refused += 1;
		else if (answers === 'unusable') group.unusable += 1;
		const usable = typeof answers !== 'string';
		if (!usable && query.base === 'answered') return;
		const weight = weights === null ? 1 : (weights[row] ?? 0);
		if (!(weight > 0)) {
			group.unusable += usable ? 1 : 0;
			return;
		}
		const groupName = repeated ? JSON.stringify(group.keys) : '';
		group.n += 1;
		if (!repeated || isNew(groupName, submission)) group.people += 1;
		group.weight += weight;
		group.weightSquared += weight * weight;
		if (!usable) return;
		if (isAverage(query.measure)) {
			group.values.push((column?.numbers?.[row] ?? 0) * scale);
			if (weights !== null) group.weights.push(weight);
			return;
		}
		for (const key of answers) {
			let cell = group.counts.get(key);
			if (cell === undefined) {
				cell = { rows: 0, people: 0, weight: 0 };
				group.counts.set(key, cell);
			}
			cell.rows += 1;
			cell.weight += weight;
			if (!repeated || isNew(`${groupName}|${key}`, submission)) cell.people += 1;
		}
	}
}

type Said = readonly string[] | 'refused' | 'unusable' | 'blank';

/** What a row's answer counts as: the keys of the rows of the figure that it belongs to, or why it belongs to none. */
function classifier(query: Query, variable: Variable, { codes, numbers, bits }: Column, recode: Recode | undefined): (row: number) => Said {
	const { kind, options } = variable;
	const anyOf = query.anyOf === null ? null : new Set(query.anyOf);
	const refused = new Set(query.refused);
	const merged = (keys: readonly string[]): Said => {
		if (keys.some((key) => refused.has(key))) return 'refused';
		const categories = recode === undefined || recode.heads.length === 0 ? keys : [...new Set(keys.flatMap((key) => recode.categories.get(key) ?? []))];
		if (keys.length > 0 && categories.length === 0) return 'unusable';
		return anyOf === null ? categories : categories.some((key) => anyOf.has(key)) ? ['@any'] : [];
	};
	if (kind === 'choices') {
		const words = wordsOf(variable);
		// Few different combinations are given by many.
		const known = new Map<string, Said>();
		return (row) => {
			if ((codes[row] ?? 0) <= 0) return 'blank';
			const name = words === 1 ? String(bits?.[row] ?? 0) : [...(bits?.subarray(row * words, (row + 1) * words) ?? [])].join();
			let said = known.get(name);
			if (said === undefined) {
				const given = [...options.map((option) => option.key), otherKey].filter((_, i) => (((bits?.[row * words + (i >> 5)] ?? 0) >>> (i & 31)) & 1) === 1);
				said = merged(given);
				known.set(name, said);
			}
			return said;
		};
	}
	if (kind === 'choice') {
		const other = merged([otherKey]);
		const known = options.map((option) => merged([option.key]));
		return (row) => {
			const code = codes[row] ?? 0;
			return code <= 0 ? 'blank' : code === unlisted ? other : (known[code - 1] ?? other);
		};
	}
	if (kind === 'number') {
		const known = Array.from({ length: query.bands.length + 1 }, (_, band) => [String(band)]);
		const value: Said = ['@value'];
		const refusedNumbers = new Set(query.refused.map(Number));
		return (row) => {
			const code = codes[row] ?? 0;
			if (code <= 0) return 'blank';
			if (code === unlisted) return 'unusable';
			const number = numbers?.[row] ?? Number.NaN;
			if (refusedNumbers.has(number)) return 'refused';
			return isAverage(query.measure) ? value : (known[bandOf(number * (recode?.scale ?? 1), query.bands)] ?? value);
		};
	}
	const answered: Said = ['@answered'];
	return (row) => ((codes[row] ?? 0) > 0 ? (codes[row] === unlisted ? 'unusable' : answered) : 'blank');
}

/** The group of a row by one split, or null when it belongs to none. */
function splitKeys(split: Split, slab: Slab, level: string, submissionOf: Int32Array, ground: TallyGround): (row: number) => string | null {
	if (split.by === 'answer') {
		const variable = ground.variables.get(split.path);
		const column = variable && slab.levels.get(levelOf(variable))?.columns.get(split.path);
		if (!variable || !column) return () => null;
		const own = levelOf(variable);
		const at = own === level ? null : rowsAround(slab, level, own);
		const keys = variable.options.map((option) => option.key);
		const bands = Array.from({ length: split.bands.length + 1 }, (_, band) => String(band));
		const recode = ground.recodes?.get(split.path);
		const groups = recode && recode.heads.length > 0 ? recode.categories : null;
		return (row) => {
			const there = at === null ? row : (at[row] ?? -1);
			const code = column.codes[there] ?? 0;
			if (code <= 0) return null;
			if (variable.kind === 'number') return code === unlisted ? null : (bands[bandOf((column.numbers?.[there] ?? Number.NaN) * (recode?.scale ?? 1), split.bands)] ?? null);
			const key = code === unlisted ? otherKey : (keys[code - 1] ?? otherKey);
			return groups === null ? key : (groups.get(key) ?? null);
		};
	}
	const known = new Map<string | null, string | null>();
	if (split.by === 'month') return (row) => ground.dayOf(slab.received[submissionOf[row] ?? -1] ?? 0).slice(0, 7);
	return (row) => {
		const place = slab.places[submissionOf[row] ?? -1] ?? null;
		let key = known.get(place);
		if (key === undefined) {
			key = ground.placeAt(place, split.level);
			known.set(place, key);
		}
		return key;
	};
}

function weightsOf(slab: Slab, level: string, variable: Variable | undefined): Float64Array {
	const own = variable && levelOf(variable);
	const column = variable && slab.levels.get(own ?? '')?.columns.get(variable.path);
	if (!column || own === undefined) return new Float64Array(0);
	const at = rowsAround(slab, level, own);
	return Float64Array.from(at, (row) => column.numbers?.[row] ?? 0);
}
