import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import type { BarChart, ChartCell } from '#ui/chart.ts';
import type { Cell, FigureCells } from './cells.ts';

/** What a figure's chart needs beside its cells. */
export type ChartFacts = { id: string; title: LocalText; measure: string; n: number; source: string; threshold: number; note: string };

const chartCell = (cell: Cell): ChartCell => {
	if (typeof cell === 'string') return cell;
	return cell.share === null ? { count: cell.count } : { count: cell.count, share: cell.share };
};

/** A figure as the chart component draws it, in a language. */
export function figureChart(cells: FigureCells, facts: ChartFacts, locale: Locale): BarChart {
	const { id, title, measure, n, source, threshold, note } = facts;
	return {
		id: `figure-${id}`,
		title: localText(title, locale).text,
		measure: measure === 'share' ? 'share' : 'count',
		categories: cells.rows.map((row) => ({ key: row.key, label: localText(row.label, locale).text || row.key, cells: row.cells.map(chartCell) })),
		series: cells.series.map((series) => ({ key: series.key, label: localText(series.label, locale).text })),
		n,
		source,
		threshold,
		note
	};
}
