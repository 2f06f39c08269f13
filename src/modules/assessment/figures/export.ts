import { localText, type Locale } from '#platform/locales.ts';
import type { FigureCells } from './cells.ts';
import { isAverage, type Measure } from './query.ts';

/** Headings of a figure's table, and what stands for cells that may not be seen. */
export type TableWords = Readonly<Record<'answer' | 'group' | 'n' | 'share' | 'value' | 'low' | 'high' | 'difference' | 'withheld' | 'fewer', string>>;

/** A figure as a long table: one line for each cell, so that a spreadsheet can sort and turn it. */
export function figureTable(cells: FigureCells, measure: Measure, words: TableWords, locale: Locale) {
	const say = (label: Parameters<typeof localText>[0]): string => localText(label, locale).text;
	const average = isAverage(measure);
	const compared = cells.rows.some((row) => row.differences !== undefined);
	const depth = Math.max(1, ...cells.series.map((series) => series.parts?.length ?? 1));
	const heads = [words.answer, ...Array.from({ length: depth }, (_, i) => (depth === 1 ? words.group : `${words.group} ${i + 1}`)), words.n, average ? words.value : words.share, words.low, words.high];
	const lines = cells.rows.flatMap((row) =>
		cells.series.map((series, j): (string | number | null)[] => {
			const parts = series.parts?.map((part) => say(part.label)) ?? [say(series.label)];
			const groups = Array.from({ length: depth }, (_, i) => parts[i] ?? '');
			const cell = row.cells[j];
			const difference = compared && j % 2 === 1 ? row.differences?.[(j - 1) / 2] : null;
			const tail = compared ? [difference?.value ?? null, difference?.low ?? null, difference?.high ?? null] : [];
			if (cell === undefined || typeof cell === 'string') return [say(row.label), ...groups, cell === 'fewer' ? words.fewer : words.withheld, null, null, null, ...tail];
			return [say(row.label), ...groups, cell.count, (average ? cell.value : cell.share) ?? null, cell.low ?? null, cell.high ?? null, ...tail];
		})
	);
	const differences = compared ? [words.difference, `${words.difference}: ${words.low}`, `${words.difference}: ${words.high}`] : [];
	return { name: words.answer, columns: [...heads, ...differences], rows: lines };
}
