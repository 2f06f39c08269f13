import type { LocalText } from '#platform/locales.ts';
import type { Cell, Difference, FigureCells, Head } from './cells.ts';
import { differenceOfMeans, differenceOfShares, effectiveSize, momentsOf, type Interval } from './intervals.ts';
import { hasIntervals, type Counted, type Sampling } from './result.ts';
import type { Group, Tally } from './tally.ts';
import type { Query } from './query.ts';
import { sideKey, type SideName } from './sides.ts';
import type { Variable } from './variables.ts';

/** One of the two rounds, counted. */
export type Side = { readonly name: LocalText; readonly counted: Counted; readonly tally: Tally; readonly sampling: Sampling | null; readonly variable: Variable; readonly submissions: number };

/** A difference has an interval where both rounds say how their people were chosen, and neither was chosen otherwise than by chance or whole. */
export const mayInfer = (side: Pick<Side, 'sampling' | 'variable'>): boolean =>
	(side.sampling?.design === 'census' || hasIntervals(side.sampling, side.variable)) && side.variable.repeats.length === 0;

/** What a reader has to be told before comparing: the rounds' people were chosen differently, not by chance, or nobody has said how. */
export type Caution = 'sampling-unknown' | 'sampling-differs' | 'not-by-chance';
export function cautionOf(earlier: Sampling | null, later: Sampling | null): Caution | null {
	if (earlier === null || later === null) return 'sampling-unknown';
	if (earlier.design !== later.design) return 'sampling-differs';
	return earlier.design === 'chosen' ? 'not-by-chance' : null;
}

/**
 * Two rounds beside each other: of each group the earlier and the later column, and on each row the differences, one a group.
 * Each round is protected by itself; where one of two cells is withheld there is no difference.
 */
export function compared(query: Query, earlier: Side, later: Side): Counted {
	const exact = together(query, earlier, later, (side) => side.counted.exact);
	const shown = together(query, earlier, later, (side) => side.counted.shown);
	return {
		n: earlier.counted.n + later.counted.n,
		exact,
		shown,
		withheld: shown.rows.flatMap((row) => row.cells).filter((cell) => typeof cell === 'string').length
	};
}

function together(query: Query, earlier: Side, later: Side, cellsOf: (side: Side) => FigureCells): FigureCells {
	const [before, after] = [cellsOf(earlier), cellsOf(later)];
	const keys = after.series.map((series) => series.key);
	const column = (cells: FigureCells, key: string): number => cells.series.findIndex((series) => series.key === key);
	const round = (side: Side, name: SideName): Head => ({ key: sideKey(name), label: side.name });
	return {
		series: keys.flatMap((key) =>
			([[before, round(earlier, 'earlier')], [after, round(later, 'later')]] as const).map(([cells, head]) => {
				const own = cells.series[column(cells, key)];
				// A group that the earlier round did not have is called what the later one calls it.
				const group = after.series[column(after, key)];
				const heads: readonly Head[] = group === undefined || key === '' ? [] : (group.parts ?? [{ key: group.key, label: group.label }]);
				const parts = [...heads, head];
				return { key: `${key}${head.key}`, label: named(parts), parts, ...(own?.base ? { base: own.base } : {}) };
			})
		),
		rows: after.rows.map((row) => {
			const earlierRow = before.rows.find((each) => each.key === row.key);
			const cells = keys.map((key): [Cell, Cell] => [earlierRow?.cells[column(before, key)] ?? { count: 0, share: null }, row.cells[column(after, key)] ?? 'withheld']);
			const differences = cells.map(([a, b], j) => differenceOf(query, a, b, groupOf(earlier, keys[j] ?? ''), groupOf(later, keys[j] ?? ''), earlier, later));
			return { ...row, cells: cells.flat(), differences };
		})
	};
}

function named(parts: readonly Head[]): LocalText {
	const [only] = parts;
	if (parts.length === 1 && only) return only.label;
	const locales: (keyof LocalText)[] = ['uz', 'uz-Cyrl', 'ru', 'kaa', 'en'];
	const used = locales.filter((locale) => parts.some((part) => part.label[locale] !== undefined));
	return Object.fromEntries(used.map((locale) => [locale, parts.map((part) => part.label[locale] ?? Object.values(part.label)[0] ?? '').join(' · ')]));
}

const groupOf = ({ tally }: Side, key: string): Group | undefined => [...tally.groups.values()].find((group) => group.keys.join('|') === key);

function differenceOf(query: Query, a: Cell, b: Cell, before: Group | undefined, after: Group | undefined, earlier: Side, later: Side): Difference {
	if (typeof a === 'string' || typeof b === 'string') return null;
	const infer = mayInfer(earlier) && mayInfer(later);
	const ends = (interval: Interval | null): Partial<Interval> => (infer && interval ? { low: interval.low, high: interval.high } : {});
	if (query.measure === 'count') return { value: b.count - a.count };
	if (query.measure === 'share') {
		if (a.share === null || b.share === null) return null;
		const interval = differenceOfShares({ share: a.share, size: sizeOf(before, earlier) }, { share: b.share, size: sizeOf(after, later) });
		return { value: b.share - a.share, ...ends(interval) };
	}
	if (a.value === undefined || b.value === undefined) return null;
	if (query.measure !== 'mean' || !before || !after) return { value: b.value - a.value };
	const interval = differenceOfMeans(momentsOf(before.values, before.weights), momentsOf(after.values, after.weights), [populationFor(before, earlier), populationFor(after, later)]);
	return { value: b.value - a.value, ...ends(interval) };
}

/** The population that a group stands for; of a census the group itself, which leaves no error of sampling. */
function populationFor(group: Group | undefined, { sampling, submissions }: Side): number | null {
	const n = group?.n ?? 0;
	if (sampling?.design === 'census') return n;
	return sampling?.population == null || submissions === 0 ? null : (n * Math.max(sampling.population, submissions)) / submissions;
}

function sizeOf(group: Group | undefined, side: Side): number {
	if (!group || group.weight === 0) return 0;
	const kish = (group.weight * group.weight) / group.weightSquared;
	return effectiveSize(kish, side.sampling?.design === 'census' ? kish : populationFor(group, side));
}
