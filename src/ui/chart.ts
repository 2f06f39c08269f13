import { csvField } from '#platform/csv.ts';
/** What a bar chart says, before it is drawn: plain data, the same for the picture, the table and the CSV. */

/**
 * One figure. `fewer` is a count below the threshold, `withheld` one hidden to protect another; neither is drawn, neither
 * leaves the server.
 */
export type ChartCell =
	| {
			count: number;
			share?: number;
			/** A mean, median or sum; `count` is how many values it rests on. */
			value?: number;
			/** The interval at 95 %, in the unit of what is drawn. */
			low?: number;
			high?: number;
	  }
	| 'fewer'
	| 'withheld';

export interface ChartCategory {
	key: string;
	label: string;
	/** One for each series, in their order. */
	cells: readonly ChartCell[];
}

export interface BarChart {
	/** Unique on the page; letters, digits and hyphens. */
	id: string;
	/** What the picture says, as a sentence: "Most referrals wait longer than a week". */
	title: string;
	/** What the bars are long by; `value` has no share and no count of people to draw. */
	measure: 'count' | 'share' | 'value';
	/** Bars unless it says otherwise; dots and lines begin where the values do. */
	form?: 'bars' | 'stacked' | 'dots' | 'line';
	categories: readonly ChartCategory[];
	/** One when the figure is not split; four at most. */
	series: readonly { key: string; label: string }[];
	/** How many people or answers it rests on; nothing when even that is withheld. */
	n: number | undefined;
	source: string;
	/** Cells below this are `fewer`. */
	threshold: number;
	/** What every picture of service counts must say: that these are not prevalence. */
	note?: string | undefined;
}

/** The length of a cell's bar, or nothing when it may not be seen. */
export function cellValue(cell: ChartCell | undefined, measure: BarChart['measure']): number | undefined {
	if (cell === undefined || typeof cell === 'string') return undefined;
	return measure === 'count' ? cell.count : measure === 'share' ? cell.share : cell.value;
}

const strokes = [
	'',
	'<path d="M-2 10 10-2M-2 2 2-2M6 10l4-4"></path>',
	'<circle cx="4" cy="4" r="1.6"></circle>',
	'<path d="M0 4h8"></path>'
];

/** A hatching of its own for each series (from 1), as SVG text: colour is never the only difference. */
export function pattern(id: string, series: number): string {
	return (
		`<pattern id="${id}" class="chart-p${series}" width="8" height="8" patternUnits="userSpaceOnUse">` +
		`<rect width="8" height="8"></rect>${strokes[(series - 1) % strokes.length] ?? ''}</pattern>`
	);
}

/** Rows as CSV (RFC 4180). */
export const csvTable = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map(csvField).join(',') + '\r\n').join('');

/** The figures as CSV (RFC 4180, UTF-8); hidden cells are written as the page writes them. @param words also the headings of the answers, and of values that are not split */
export function chartCsv(chart: BarChart, words: { fewer: string; withheld: string; answer?: string; value?: string }): string {
	const written = (cell: ChartCell | undefined): string => {
		if (cell === 'fewer') return words.fewer;
		if (cell === 'withheld' || cell === undefined) return words.withheld;
		return String(cellValue(cell, chart.measure) ?? '');
	};
	const head = [words.answer ?? '', ...chart.series.map((series) => series.label || (words.value ?? ''))];
	const rows = chart.categories.map((category) => [
		category.label,
		...chart.series.map((_, i) => written(category.cells[i]))
	]);
	return csvTable([head, ...rows]);
}
