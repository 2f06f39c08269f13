import { drawChart, type ChartDrawing } from '#ui/chart.server.ts';
import type { BarChart } from '#ui/chart.ts';
import type { Locale } from '#platform/locales.ts';
import { askedText } from './asked.ts';
import { changesInWords, type ChangesInWords } from './comparison.ts';
import type { Edition, EditionFigure } from './edition.ts';
import { heldBack } from './held.ts';
import { figureCaption } from './pdf.server.ts';

/** A released figure as a picture with its table. */
export type DrawnFigure = { chart: BarChart; drawing: ChartDrawing; asked: string | undefined; changes?: ChangesInWords };

/** Draws every figure of an edition, by its place among the blocks. */
export function drawFigures(edition: Edition, locale: Locale): Record<number, DrawnFigure> {
	return Object.fromEntries(
		edition.blocks.flatMap((block, i) => {
			if (block.kind !== 'figure') return [];
			const chart = chartOf(block, edition, `figure-${i}`);
			const changes = changesInWords(block, edition.locale);
			return [[i, { chart, drawing: drawChart(chart, locale), asked: askedText(block, edition.locale), ...(changes ? { changes } : {}) }]];
		})
	);
}

function chartOf(figure: EditionFigure, edition: Edition, id: string): BarChart {
	const [series, rows] = tellable(figure);
	return {
		id,
		title: `${figure.code} · ${figure.title}`,
		measure: figure.measure === 'count' || figure.measure === 'share' ? figure.measure : 'value',
		series: series.map((label, i) => ({ key: String(i), label })),
		categories: rows.map((row, i) => ({
			key: String(i),
			label: row.label,
			cells: row.cells.map((cell) => {
				if (cell === 'withheld') return cell;
				const { share, value, low, high, count } = cell;
				return { count, ...(share === null ? {} : { share }), ...(value === undefined ? {} : { value }), ...(low === undefined || high === undefined ? {} : { low, high }) };
			})
		})),
		n: figure.n ?? undefined,
		source: figureCaption(figure, edition),
		threshold: figure.threshold ?? 0,
		note: heldBack(figure, edition.locale)
	};
}

/** More groups than a picture can tell apart become one long list. */
function tellable({ series, rows }: EditionFigure): [EditionFigure['series'], EditionFigure['rows']] {
	if (series.length <= 4) return [series, rows];
	return [[''], rows.flatMap((row) => series.flatMap((label, j) => (row.cells[j] ? [{ label: `${row.label} · ${label}`, cells: [row.cells[j]] }] : [])))];
}
