import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import type { BarChart, ChartCell } from '#ui/chart.ts';
import type { Cell, FigureCells } from './cells.ts';
import { isAverage, measures, type Measure } from './query.ts';

/** What a figure's chart needs beside its cells. */
export type ChartFacts = { id: string; title: LocalText; measure: string; n: number; source: string; threshold: number; note: string };

/** How a figure is drawn, as the address says it. */
export const chartForms = ['bars', 'stacked', 'dots', 'line'] as const;
export type ChartForm = (typeof chartForms)[number];

/** Series that a picture can still tell apart. */
const mostSeries = 4;

const chartCell = (cell: Cell | undefined): ChartCell => {
	if (cell === undefined) return 'withheld';
	if (typeof cell === 'string') return cell;
	const { count, share, value, low, high } = cell;
	return { count, ...(share === null ? {} : { share }), ...(value === undefined ? {} : { value }), ...(low === undefined || high === undefined ? {} : { low, high }) };
};

type Table = { readonly title: string; readonly categories: { key: string; label: string; cells: ChartCell[] }[]; readonly series: { key: string; label: string }[] };

/** Rows for columns. */
const turned = ({ title, categories, series }: Table): Table => ({
	title,
	categories: series.map((each, j) => ({ ...each, cells: categories.map((category) => category.cells[j] ?? 'withheld') })),
	series: categories.map(({ key, label }) => ({ key, label }))
});

/**
 * The pictures of a figure: one, or one for each group of the first split when there are more groups than a picture can tell
 * apart. What is still too much becomes one long list.
 */
export function figureCharts(cells: FigureCells, facts: ChartFacts, locale: Locale, form: ChartForm = 'bars'): BarChart[] {
	const measure = measures.find((each) => each === facts.measure) ?? 'count';
	const say = (label: LocalText): string => localText(label, locale).text;
	const whole: Table = {
		title: say(facts.title),
		categories: cells.rows.map((row) => ({ key: row.key, label: say(row.label) || row.key, cells: cells.series.map((_, j) => chartCell(row.cells[j])) })),
		series: cells.series.map((series) => ({ key: series.key, label: say(series.label) }))
	};
	const tables = drawable(whole, cells, measure, form, say);
	return tables.map((table, i) => ({
		id: `figure-${facts.id}-${i}`,
		title: table.title,
		measure: isAverage(measure) ? 'value' : measure === 'share' ? 'share' : 'count',
		form: form === 'stacked' && isAverage(measure) ? 'bars' : form,
		categories: table.categories,
		series: table.series,
		n: facts.n,
		source: facts.source,
		threshold: facts.threshold,
		note: facts.note
	}));
}

function drawable(whole: Table, cells: FigureCells, measure: Measure, form: ChartForm, say: (label: LocalText) => string): Table[] {
	const twice = cells.series.every((series) => (series.parts?.length ?? 0) > 1);
	if (isAverage(measure) && twice && !fits(whole)) return [byParts(cells, say, whole.title)].map((table) => (fits(table) ? table : flat(turned(whole))));
	// A line runs over the groups, a stack stands for each group: there the groups are the categories.
	if (isAverage(measure) || form === 'line' || form === 'stacked') {
		const table = turned(whole);
		if (fits(table)) return [table];
	}
	if (fits(whole)) return [whole];
	if (twice) {
		const panels = panelsOf(whole, cells, say);
		if (panels.every(fits)) return panels;
	}
	const table = turned(whole);
	return [fits(table) ? table : flat(whole)];
}

const fits = (table: Table): boolean => table.series.length <= mostSeries;

function panelsOf(whole: Table, cells: FigureCells, say: (label: LocalText) => string): Table[] {
	const firsts = new Map(cells.series.map((series) => [series.parts?.[0]?.key ?? '', series.parts?.[0]?.label ?? {}]));
	return [...firsts].map(([key, label]) => {
		const at = cells.series.flatMap((series, j) => (series.parts?.[0]?.key === key ? [j] : []));
		return {
			title: `${whole.title} · ${say(label)}`,
			categories: whole.categories.map((category) => ({ ...category, cells: at.map((j) => category.cells[j] ?? 'withheld') })),
			series: at.map((j) => ({ key: cells.series[j]?.key ?? '', label: (cells.series[j]?.parts ?? []).slice(1).map((part) => say(part.label)).join(' · ') }))
		};
	});
}

/** Averages by two splits: the first one's groups below each other, the second one's beside each other. */
function byParts(cells: FigureCells, say: (label: LocalText) => string, title: string): Table {
	const heads = (part: 0 | 1) => [...new Map(cells.series.map((series) => [series.parts?.[part]?.key ?? '', say(series.parts?.[part]?.label ?? {})]))].map(([key, label]) => ({ key, label }));
	const series = heads(1);
	const cell = (first: string, second: string): ChartCell => chartCell(cells.rows[0]?.cells[cells.series.findIndex(({ parts }) => parts?.[0]?.key === first && parts[1]?.key === second)]);
	return { title, series, categories: heads(0).map((category) => ({ ...category, cells: series.map(({ key }) => cell(category.key, key)) })) };
}

function flat({ title, categories, series }: Table): Table {
	return {
		title,
		categories: categories.flatMap((category) => series.map((each, j) => ({ key: `${category.key}|${each.key}`, label: `${category.label} · ${each.label}`, cells: [category.cells[j] ?? 'withheld'] }))),
		series: [{ key: '', label: '' }]
	};
}
