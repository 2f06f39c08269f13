import { type LocalText } from '#platform/locales.ts';
import type { Instrument } from '#xforms/instrument.ts';
import type { Base, Cell, FigureCells, Head } from './cells.ts';
import { bandLabels, instrumentLocalText } from './figure.ts';
import { effectiveSize, meanInterval, medianInterval, medianOf, medianRank, momentsOf, wilson, type Interval } from './intervals.ts';
import { isDominated, protectFigure, protectValues } from './protect.ts';
import type { Recode } from './mapping.ts';
import { isAverage, type Query, type Split } from './query.ts';
import { otherKey, type Group, type Tally } from './tally.ts';
import type { Variable } from './variables.ts';

/** How the people of a round were chosen; null: nobody has said. */
export type Sampling = { readonly design: 'census' | 'sample' | 'chosen'; readonly population: number | null };

/** What turning a tally into cells leans on. */
export type Setting = {
	readonly instrument: Instrument;
	readonly variables: ReadonlyMap<string, Variable>;
	readonly query: Query;
	readonly sampling: Sampling | null;
	readonly threshold: number;
	/** Places found, in the order in which they are shown. */
	readonly places: readonly { readonly id: string; readonly name: LocalText }[];
	/** Submissions of the round, filters left aside: for the fraction of the population that was asked. */
	readonly submissions: number;
	/** For comparing rounds: the categories that choices are counted as, by path. */
	readonly recodes?: ReadonlyMap<string, Recode>;
	/** For comparing rounds: groups that the other round has. */
	readonly alsoFound?: readonly (readonly string[])[];
};

/** A figure as counted: exactly, and as it may be shown. */
export type Counted = { readonly n: number; readonly exact: FigureCells; readonly shown: FigureCells; readonly withheld: number };

const same = (text: string): LocalText => ({ uz: text, ru: text, kaa: text, en: text });
const notListed: LocalText = { uz: 'roʻyxatda yoʻq', ru: 'нет в списке', kaa: 'dizimde joq', en: 'not on the list' };
const anyOfThese: LocalText = { uz: 'shulardan biri', ru: 'что-либо из этого', kaa: 'usılardan biri', en: 'any of these' };
const answered: LocalText = { uz: 'javob berdi', ru: 'есть ответ', kaa: 'juwap berdi', en: 'answered' };

/** Turns a tally into cells with their intervals, exactly and protected. */
export function resultOf(tally: Tally, setting: Setting): Counted {
	const { query } = setting;
	const variable = setting.variables.get(query.of);
	const groups = groupsOf(tally, setting);
	const heads = headsOf(setting, variable, tally);
	const n = groups.reduce((sum, { group }) => sum + (group?.n ?? 0), 0);
	const all = groups.map(({ group }) => heads.map((head) => cellOf(group, head.key, setting, variable)));
	const bases = groups.map(({ group }) => baseOf(group));
	const exact: FigureCells = {
		series: groups.map(({ head, parts }, j) => ({ ...head, ...(parts.length > 1 ? { parts } : {}), base: bases[j] })),
		rows: heads.map((head, i) => ({ ...head, cells: groups.map((_, j) => all[j]?.[i] ?? 'withheld') })),
		ungrouped: tally.ungrouped
	};
	const shown = protectedCells(exact, groups.map(({ group }) => group), setting, variable);
	return { n, exact, shown, withheld: shown.rows.flatMap((row) => row.cells).filter((cell) => typeof cell === 'string').length };
}

function protectedCells(exact: FigureCells, groups: readonly (Group | undefined)[], setting: Setting, variable: Variable | undefined): FigureCells {
	const { query, threshold } = setting;
	const bases = groups.map((group) => ({ n: group?.n ?? 0, people: group?.people ?? 0 }));
	const series = exact.series.map(({ key, label, parts }) => ({ key, label, ...(parts ? { parts } : {}) }));
	if (isAverage(query.measure)) {
		const published = protectValues(bases, threshold);
		const rows = exact.rows.map((row) => ({ ...row, cells: row.cells.map((cell, j) => (published[j] ? safeValue(cell, groups[j], query, threshold) : 'withheld')) }));
		return { series, rows };
	}
	const counts = exact.rows.map((row) => groups.map((group) => group?.counts.get(row.key) ?? { rows: 0, people: 0 }));
	const { cells, sizes } = protectFigure({ counts, bases, multiple: variable?.kind === 'choices' }, threshold);
	const rows = exact.rows.map((row, i) => ({
		...row,
		cells: row.cells.map((cell, j): Cell => {
			if (typeof cell === 'string' || !(cells[i]?.[j] ?? false)) return 'withheld';
			// A share and its interval tell the size of the group as well as the count.
			const { people: _people, ...told } = cell;
			return sizes[j] ? told : { count: cell.count, share: null };
		})
	}));
	return { series, rows };
}

/** The ends of a median's interval are somebody's values: shown when enough people stand at or beyond each. */
function safeValue(cell: Cell, group: Group | undefined, { measure }: Query, threshold: number): Cell {
	if (typeof cell === 'string' || group === undefined || cell.count === 0) return cell;
	if (measure === 'sum' && isDominated(group.values)) return 'withheld';
	if (measure !== 'median' || (medianRank(group.n) ?? 0) >= threshold) return cell;
	const { low: _low, high: _high, ...rest } = cell;
	return rest;
}

function baseOf(group: Group | undefined): Base {
	const { n = 0, people = 0, asked = 0, blank = 0, refused = 0, unusable = 0, notAsked = 0 } = group ?? {};
	const values = group?.values ?? [];
	const extremes = values.length === 0 ? {} : { largest: largestTwo(values), least: values.reduce((least, value) => Math.min(least, value)) };
	return { n, people, asked, blank, refused, unusable, notAsked, ...extremes };
}

function largestTwo(values: readonly number[]): number[] {
	let [first, second] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (const value of values) {
		if (value > first) [first, second] = [value, first];
		else if (value > second) second = value;
	}
	return [first, second].filter(Number.isFinite);
}

/** The population that a group stands for: its part of the whole, as the sample has it. Null: endless, or not stated. */
function populationOf(n: number, { sampling, submissions }: Setting): number | null {
	return sampling?.population == null || submissions === 0 ? null : (n * Math.max(sampling.population, submissions)) / submissions;
}

/** Intervals are for samples drawn by chance. Instances of a repeat come in bunches, for which these formulas are too narrow. */
export const hasIntervals = (sampling: Sampling | null, variable: Variable | undefined): boolean => sampling?.design === 'sample' && (variable?.repeats.length ?? 0) === 0;

function cellOf(group: Group | undefined, key: string, setting: Setting, variable: Variable | undefined): Cell {
	const { measure } = setting.query;
	const intervals = hasIntervals(setting.sampling, variable);
	const ends = (interval: Interval | null): Partial<Interval> => (intervals && interval ? { low: interval.low, high: interval.high } : {});
	if (isAverage(measure)) {
		const values = group?.values ?? [];
		if (group === undefined || values.length === 0) return { count: 0, share: null };
		const base = { count: values.length, share: null };
		if (measure === 'sum') return { ...base, value: values.reduce((sum, value) => sum + value, 0) };
		if (measure === 'median') {
			const sorted = Float64Array.from(values).sort();
			return { ...base, value: medianOf(sorted), ...ends(medianInterval(sorted)) };
		}
		const moments = momentsOf(values, group.weights);
		return { ...base, value: moments.mean, ...ends(meanInterval(moments, populationOf(moments.n, setting))) };
	}
	const { rows = 0, people = 0, weight = 0 } = group?.counts.get(key) ?? {};
	if (group === undefined || group.weight === 0) return { count: rows, share: null };
	const instances = (variable?.repeats.length ?? 0) > 0 ? { people } : {};
	const share = Math.min(1, weight / group.weight);
	const kish = (group.weight * group.weight) / group.weightSquared;
	return { count: rows, ...instances, share, ...(measure === 'share' ? ends(wilson(share, effectiveSize(kish, populationOf(kish, setting)))) : {}) };
}

type SplitHead = Head;

/** The groups of the splits in their order: of a question all its choices, of places and months those found. */
function groupsOf(tally: Tally, setting: Setting): { head: Head; parts: Head[]; group: Group | undefined }[] {
	const { splits } = setting.query;
	const lists = splits.map((split, i) => splitHeads(split, [...new Set([...[...tally.groups.values()].map((group) => group.keys), ...(setting.alsoFound ?? [])].map((keys) => keys[i] ?? ''))], setting));
	const product = lists.reduce<SplitHead[][]>((done, list) => done.flatMap((heads) => list.map((head) => [...heads, head])), [[]]);
	return product.map((parts) => ({
		head: { key: parts.map((part) => part.key).join('|'), label: joined(parts.map((part) => part.label)) },
		parts,
		group: tally.groups.get(JSON.stringify(parts.map((part) => part.key)))
	}));
}

/** Labels of two groups in one, in every language that either has. */
export function joined(labels: readonly LocalText[]): LocalText {
	const [first, ...rest] = labels;
	if (first === undefined || rest.length === 0) return first ?? {};
	const languages = new Set(labels.flatMap((label) => Object.keys(label)));
	return Object.fromEntries([...languages].map((locale) => [locale, labels.map((label) => textIn(label, locale)).join(' · ')]));
}

const textIn = (label: LocalText, locale: string): string => Object.entries(label).find(([key]) => key === locale)?.[1] ?? Object.values(label)[0] ?? '';

function splitHeads(split: Split, found: readonly string[], { variables, instrument, places, recodes }: Setting): Head[] {
	if (split.by === 'month') return [...found].sort().map((key) => ({ key, label: same(key) }));
	if (split.by === 'place') return places.filter((place) => found.includes(place.id)).map(({ id, name }) => ({ key: id, label: name }));
	const categories = recodes?.get(split.path)?.heads ?? [];
	if (categories.length > 0) return [...categories];
	const variable = variables.get(split.path);
	if (variable?.kind === 'number') return bandLabels(split.bands).map((label, i) => ({ key: String(i), label: same(label) }));
	return optionHeads(variable, instrument, found);
}

function optionHeads(variable: Variable | undefined, instrument: Instrument, found: readonly string[]): Head[] {
	const heads = (variable?.options ?? [])
		.filter((option) => !variable?.calculated || found.includes(option.key))
		.map((option) => ({ key: option.key, label: instrumentLocalText(option.labels, instrument.defaultLanguage, option.key) }));
	return found.includes(otherKey) ? [...heads, { key: otherKey, label: notListed }] : heads;
}

/** A category of which every choice counts as no answer is no row: nobody could stand in it. */
function isRefused({ categories }: Recode, key: string, refused: readonly string[]): boolean {
	const choices = [...categories].flatMap(([choice, category]) => (category === key ? [choice] : []));
	return choices.length > 0 && choices.every((choice) => refused.includes(choice));
}

/** The rows of a figure: answers in the order of the form, last what does not stand on it. */
function headsOf({ query, instrument, recodes }: Setting, variable: Variable | undefined, tally: Tally): Head[] {
	if (isAverage(query.measure)) return [{ key: '@value', label: {} }];
	if (query.anyOf !== null) return [{ key: '@any', label: anyOfThese }];
	if (variable?.kind === 'number') return bandLabels(query.bands).map((label, i) => ({ key: String(i), label: same(label) }));
	const recode = recodes?.get(query.of);
	if (recode && recode.heads.length > 0) return recode.heads.filter((head) => !isRefused(recode, head.key, query.refused));
	if (variable?.kind === 'choice' || variable?.kind === 'choices') {
		const found = [...new Set([...tally.groups.values()].flatMap((group) => [...group.counts.keys()]))];
		return optionHeads(variable, instrument, found).filter((head) => !query.refused.includes(head.key));
	}
	return [{ key: '@answered', label: answered }];
}
