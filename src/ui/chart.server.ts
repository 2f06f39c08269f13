import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { m } from '#paraglide/messages.js';
import { cellValue, pattern, type BarChart, type ChartCell } from './chart.ts';
import { formatNumber, formatShare, type UiLocale } from './format.ts';

/** The same picture for a wide and for a narrow screen: text must stay readable at both. */
export interface ChartDrawing {
	wide: string;
	narrow: string;
}

interface Bar {
	category: string;
	series: string;
	value: number | undefined;
	label: string;
}

const fontSize = 13;
const lineHeight = 18;
const valueRoom = 110;

/** What stands at the end of a bar. */
function written(cell: ChartCell | undefined, chart: BarChart, locale: UiLocale): string {
	if (cell === 'fewer') return m.ui_fewer_than({ n: chart.threshold }, { locale });
	const value = cellValue(cell, chart.measure);
	if (value === undefined) return m.ui_withheld({}, { locale });
	return chart.measure === 'share' ? formatShare(value, locale) : formatNumber(value, locale);
}

/** How many lines the longest label takes; about half the font size to a letter. */
function linesNeeded(chart: BarChart, width: number): number {
	const perLine = Math.floor(width / (fontSize * 0.56));
	return Math.max(1, ...chart.categories.map((category) => Math.ceil(category.label.length / perLine)));
}

/** Draws one size of it with Plot and hands over plain SVG text. */
function draw(chart: BarChart, locale: UiLocale, width: number, labels: 'left' | 'above'): string {
	const { document } = parseHTML('<!doctype html><html><body></body></html>');
	const bars: Bar[] = chart.categories.flatMap((category) =>
		chart.series.map((series, i) => ({
			category: category.key,
			series: series.key,
			value: cellValue(category.cells[i], chart.measure),
			label: written(category.cells[i], chart, locale)
		}))
	);
	const labelWidth = labels === 'left' ? Math.round(width * 0.34) : width;
	const labelHeight = linesNeeded(chart, labelWidth) * lineHeight;
	const barsHeight = chart.series.length * (chart.series.length === 1 ? 22 : 20);
	const above = labels === 'above' ? labelHeight + 2 : 0;
	const band = (labels === 'left' ? Math.max(barsHeight, labelHeight) : barsHeight + above) + 14;
	const longest = Math.max(0, ...bars.map((bar) => bar.value ?? 0));
	const figure = Plot.plot({
		document,
		width,
		height: band * chart.categories.length,
		marginTop: 0,
		marginBottom: 0,
		marginLeft: labels === 'left' ? labelWidth + 8 : 1,
		marginRight: valueRoom,
		x: { axis: null, domain: [0, longest || 1] },
		y: { axis: null, domain: chart.series.map((series) => series.key), padding: 0.12, insetTop: above },
		fy: { axis: null, domain: chart.categories.map((category) => category.key), padding: 14 / band },
		marks: [
			...chart.series.map((series, i) =>
				Plot.barX(
					bars.filter((bar) => bar.series === series.key && bar.value !== undefined),
					{ fy: 'category', y: 'series', x: 'value', ariaDescription: `bar-${i + 1}`, fill: `url(#${chart.id}-p${i + 1})` }
				)
			),
			Plot.text(bars, {
				fy: 'category',
				y: 'series',
				x: (bar: Bar) => bar.value ?? 0,
				text: 'label',
				textAnchor: 'start',
				dx: 6,
				fontSize,
				ariaDescription: 'value'
			}),
			Plot.text(chart.categories, {
				fy: 'key',
				text: 'label',
				frameAnchor: labels === 'left' ? 'left' : 'top-left',
				lineAnchor: labels === 'left' ? 'middle' : 'top',
				textAnchor: 'start',
				dx: labels === 'left' ? -(labelWidth + 8) : 0,
				lineWidth: labelWidth / fontSize,
				lineHeight: lineHeight / fontSize,
				fontSize,
				ariaDescription: 'label'
			}),
			Plot.ruleX([0], { insetTop: above, ariaDescription: 'ground' })
		]
	});
	return plain(figure, document, chart, locale);
}

/**
 * Plot writes a style sheet and `style` attributes, which the content security policy refuses: both go; what they said
 * stands in the classes that Chart.svelte knows. Marks bear their names as
 * `aria-description`, which would be read out: these become classes.
 */
function plain(figure: Element, document: Document, chart: BarChart, locale: UiLocale): string {
	for (const sheet of [...figure.querySelectorAll('style')]) sheet.remove();
	for (const element of [figure, ...figure.querySelectorAll('*')]) {
		element.removeAttribute('style');
		element.removeAttribute('aria-label');
		const name = element.getAttribute('aria-description');
		if (name) element.setAttribute('class', `chart-${name}`);
		element.removeAttribute('aria-description');
	}
	const defs = document.createElementNS('http://www.w3.org/2000/svg', 'defs');
	defs.innerHTML = chart.series.map((_, i) => pattern(`${chart.id}-p${i + 1}`, i + 1)).join('');
	figure.prepend(defs);
	figure.removeAttribute('width');
	figure.removeAttribute('height');
	figure.removeAttribute('text-anchor');
	figure.setAttribute('class', 'chart-svg');
	figure.setAttribute('role', 'img');
	figure.setAttribute('aria-label', m.ui_chart_summary({ title: chart.title }, { locale }));
	return figure.outerHTML;
}

/**
 * Draws the chart on the server, without any script in the browser.
 *
 * @throws RangeError for more than four series, which no reader could tell apart
 */
export function drawChart(chart: BarChart, locale: UiLocale): ChartDrawing {
	if (chart.series.length > 4) throw new RangeError('A chart has four series at most');
	return {
		wide: draw({ ...chart, id: `${chart.id}-w` }, locale, 680, 'left'),
		narrow: draw({ ...chart, id: `${chart.id}-n` }, locale, 300, 'above')
	};
}
