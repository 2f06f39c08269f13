import { localText, type Locale } from '#platform/locales.ts';
import { formatNumber, formatShare } from '#ui/format.ts';
import type { FigureCells } from './cells.ts';
import { isAverage, type Measure } from './query.ts';

/** One thing that is said of a figure, and what it is. */
export type Fact = { readonly term: string; readonly detail: string };
export type Change = { readonly term: string; readonly before: string | null; readonly after: string | null };

/** What differs between two tellings. The same term said twice (two splits) is compared in order. */
export function changesBetween(before: readonly Fact[], after: readonly Fact[]): Change[] {
	const numbered = (facts: readonly Fact[]): Map<string, Fact> => {
		const seen = new Map<string, number>();
		return new Map(facts.map((fact) => {
			const count = (seen.get(fact.term) ?? 0) + 1;
			seen.set(fact.term, count);
			return [`${fact.term}|${count}`, fact] as const;
		}));
	};
	const [old, now] = [numbered(before), numbered(after)];
	return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
		const [was, is] = [old.get(key), now.get(key)];
		return was?.detail === is?.detail ? [] : [{ term: (is ?? was)?.term ?? '', before: was?.detail ?? null, after: is?.detail ?? null }];
	});
}

/** Every cell of a figure as one fact. */
export function cellText(cells: FigureCells, measure: Measure, words: { withheld: string; fewer: string }, locale: Locale): Fact[] {
	return cells.rows.flatMap((row) =>
		cells.series.map((series, j) => {
			const cell = row.cells[j];
			const term = [localText(row.label, locale).text, localText(series.label, locale).text].filter((text) => text !== '').join(' · ');
			if (cell === undefined || typeof cell === 'string') return { term, detail: cell === 'fewer' ? words.fewer : words.withheld };
			const value = isAverage(measure) ? cell.value : measure === 'share' ? cell.share : cell.count;
			const number = value === undefined || value === null ? '–' : measure === 'share' ? formatShare(value, locale, 1) : formatNumber(value, locale, Number.isInteger(value) ? 0 : 1);
			return { term, detail: measure === 'count' ? number : `${number} (n = ${cell.count})` };
		})
	);
}
