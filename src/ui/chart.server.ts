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
	low: number | undefined;
	high: number | undefined;
}

const fontSize = 13;
const lineHeight = 18;
const valueRoom = 110;

/** What stands at the end of a bar. */
function written(cell: ChartCell | undefined, chart: BarChart, locale: UiLocale): string {
	if (cell === 'fewer') return m.ui_fewer_than({ n: chart.threshold }, { locale });
	const value = cellValue(cell, chart.measure);
	if (value === undefined) return m.ui_withheld({}, { locale });
	return amount(value, chart.measure, locale);
}

/** A number as the chart's measure writes it. */
const amount = (value: number, measure: BarChart['measure'], locale: UiLocale): string =>
	measure === 'share' ? formatShare(value, locale) : formatNumber(value, locale, measure === 'value' && !Number.isInteger(value) ? 1 : 0);

/** How many lines the longest label takes; about half the font size to a letter. */
function linesNeeded(chart: BarChart, width: number): number {
	const perLine = Math.floor(width / (fontSize * 0.56));
	return Math.max(1, ...chart.categories.map((category) => Math.ceil(category.label.length / perLine)));
}

function barsOf(chart: BarChart, locale: UiLocale): Bar[] {
	return chart.categories.flatMap((category) =>
		chart.series.map((series, i) => {
			const cell = category.cells[i];
			const seen = cell === undefined || typeof cell === 'string' ? undefined : cell;
			return {
				category: category.key,
				series: series.key,
				value: cellValue(cell, chart.measure),
				label: written(cell, chart, locale),
				low: chart.measure === 'count' ? undefined : seen?.low,
				high: chart.measure === 'count' ? undefined : seen?.high
			};
		})
	);
}

/** Draws one size of it with Plot and hands over plain SVG text. */
function draw(chart: BarChart, locale: UiLocale, width: number, labels: 'left' | 'above'): string {
	const { document } = parseHTML('<!doctype html><html><body></body></html>');
	const bars = barsOf(chart, locale);
	const labelWidth = labels === 'left' ? Math.round(width * 0.34) : width;
	const labelHeight = linesNeeded(chart, labelWidth) * lineHeight;
	const barsHeight = chart.series.length * (chart.series.length === 1 ? 22 : 20);
	const above = labels === 'above' ? labelHeight + 2 : 0;
	const band = (labels === 'left' ? Math.max(barsHeight, labelHeight) : barsHeight + above) + 14;
	const ends = bars.flatMap((bar) => [bar.value ?? 0, bar.high ?? 0, bar.low ?? 0]);
	const [least, longest] = [Math.min(0, ...ends), Math.max(0, ...ends)];
	const dots = chart.form === 'dots';
	const figure = Plot.plot({
		document,
		width,
		height: band * chart.categories.length,
		marginTop: 0,
		marginBottom: 0,
		marginLeft: labels === 'left' ? labelWidth + 8 : 1,
		marginRight: valueRoom,
		x: { axis: null, domain: [least, longest || 1] },
		y: { axis: null, domain: chart.series.map((series) => series.key), padding: 0.12, insetTop: above },
		fy: { axis: null, domain: chart.categories.map((category) => category.key), padding: 14 / band },
		marks: [
			...chart.series.map((series, i) => {
				const own = bars.filter((bar) => bar.series === series.key && bar.value !== undefined);
				if (dots) return Plot.dot(own, { fy: 'category', y: 'series', x: 'value', r: 6, ariaDescription: `bar-${i + 1}`, fill: `url(#${chart.id}-p${i + 1})` });
				return Plot.barX(own, { fy: 'category', y: 'series', x: 'value', ariaDescription: `bar-${i + 1}`, fill: `url(#${chart.id}-p${i + 1})` });
			}),
			Plot.link(bars.filter((bar) => bar.low !== undefined && bar.high !== undefined), {
				fy: 'category', y: 'series', x1: 'low', x2: 'high', strokeWidth: 2, ariaDescription: 'whisker'
			}),
			Plot.text(bars, {
				fy: 'category',
				y: 'series',
				x: (bar: Bar) => Math.max(bar.value ?? 0, bar.high ?? bar.value ?? 0),
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

/** Shares of a whole beside each other, one bar a category. Nothing that is withheld can be told from the length that is left. */
function drawStacked(chart: BarChart, locale: UiLocale, width: number, labels: 'left' | 'above'): string {
	const { document } = parseHTML('<!doctype html><html><body></body></html>');
	const labelWidth = labels === 'left' ? Math.round(width * 0.34) : width;
	const labelHeight = linesNeeded(chart, labelWidth) * lineHeight;
	const above = labels === 'above' ? labelHeight + 2 : 0;
	const band = (labels === 'left' ? Math.max(26, labelHeight) : 26 + above) + 14;
	const parts = chart.categories.flatMap((category) => {
		let from = 0;
		return chart.series.flatMap((series, i) => {
			const value = cellValue(category.cells[i], chart.measure);
			if (value === undefined) return [];
			const part = { category: category.key, series: i, from, to: from + value, label: amount(value, chart.measure, locale) };
			from += value;
			return [part];
		});
	});
	const whole = Math.max(chart.measure === 'share' ? 1 : 0, ...parts.map((part) => part.to)) || 1;
	const figure = Plot.plot({
		document, width, height: band * chart.categories.length, marginTop: 0, marginBottom: 0, marginLeft: labels === 'left' ? labelWidth + 8 : 1, marginRight: 4,
		x: { axis: null, domain: [0, whole] },
		fy: { axis: null, domain: chart.categories.map((category) => category.key), padding: 14 / band },
		marks: [
			...chart.series.map((_, i) =>
				Plot.rect(parts.filter((part) => part.series === i), { fy: 'category', x1: 'from', x2: 'to', insetTop: above, ariaDescription: `bar-${i + 1}`, fill: `url(#${chart.id}-p${i + 1})` })
			),
			// A number stands on a ground of its own: it has to be read on every hatching.
			Plot.text(parts.filter((part) => (part.to - part.from) / whole > 0.11), {
				fy: 'category', x: (part: { from: number; to: number }) => (part.from + part.to) / 2, dy: above / 2, text: 'label', fontSize, ariaDescription: 'inside'
			}),
			Plot.text(chart.categories, {
				fy: 'key', text: 'label', frameAnchor: labels === 'left' ? 'left' : 'top-left', lineAnchor: labels === 'left' ? 'middle' : 'top', textAnchor: 'start',
				dx: labels === 'left' ? -(labelWidth + 8) : 0, lineWidth: labelWidth / fontSize, lineHeight: lineHeight / fontSize, fontSize, ariaDescription: 'label'
			})
		]
	});
	return plain(figure, document, chart, locale);
}

/** A line for each series over the categories in their order: months, or rounds. A point that is withheld breaks the line. */
function drawLine(chart: BarChart, locale: UiLocale, width: number): string {
	const { document } = parseHTML('<!doctype html><html><body></body></html>');
	const points = barsOf(chart, locale);
	const ends = points.flatMap((point) => [point.value ?? 0, point.high ?? 0, point.low ?? 0]);
	const labelOf = new Map(chart.categories.map((category) => [category.key, category.label]));
	const step = Math.ceil(chart.categories.length / (width > 400 ? 8 : 4));
	const ticks = chart.categories.filter((_, i) => i % step === 0).map((category) => category.key);
	const figure = Plot.plot({
		document, width, height: width > 400 ? 300 : 260, marginTop: 24, marginBottom: 34, marginLeft: 24, marginRight: 48,
		x: { axis: null, type: 'point', domain: chart.categories.map((category) => category.key), padding: 0.3 },
		y: { axis: null, domain: [Math.min(0, ...ends), Math.max(0, ...ends) || 1] },
		marks: [
			Plot.ruleY([0], { ariaDescription: 'ground' }),
			Plot.link(points.filter((point) => point.low !== undefined && point.high !== undefined), { x: 'category', y1: 'low', y2: 'high', strokeWidth: 2, ariaDescription: 'whisker' }),
			...chart.series.flatMap((series, i) => {
				const own = points.filter((point) => point.series === series.key);
				return [
					Plot.line(own, { x: 'category', y: (point: Bar) => point.value ?? Number.NaN, strokeWidth: 2.5, ...(i === 0 ? {} : { strokeDasharray: `${2 + i * 3} ${2 + i}` }), ariaDescription: `line-${i + 1}` }),
					Plot.dot(own.filter((point) => point.value !== undefined), { x: 'category', y: 'value', r: 5, ariaDescription: `bar-${i + 1}`, fill: `url(#${chart.id}-p${i + 1})` })
				];
			}),
			Plot.text(points.filter((point) => point.value !== undefined && ticks.includes(point.category)), { x: 'category', y: 'value', text: 'label', textAnchor: 'start', dx: 9, fontSize, ariaDescription: 'value' }),
			Plot.text(ticks, { x: (key: string) => key, frameAnchor: 'bottom', dy: 20, text: (key: string) => labelOf.get(key) ?? key, lineWidth: (width / Math.max(1, ticks.length)) / fontSize, fontSize, ariaDescription: 'label' })
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
	const shape = chart.form === 'stacked' ? drawStacked : chart.form === 'line' ? drawLine : draw;
	return {
		wide: shape({ ...chart, id: `${chart.id}-w` }, locale, 680, 'left'),
		narrow: shape({ ...chart, id: `${chart.id}-n` }, locale, 300, 'above')
	};
}
