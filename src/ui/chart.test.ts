import { describe, expect, it } from 'vitest';
import { parseHTML } from 'linkedom';
import { drawChart } from './chart.server.ts';
import { chartCsv, type BarChart } from './chart.ts';

const chart: BarChart = {
	id: 'waiting',
	title: 'Most "wait" longer than a week',
	measure: 'count',
	series: [
		{ key: 'state', label: 'State centres' },
		{ key: 'cso', label: 'Shelters' }
	],
	categories: [
		{ key: 'short', label: 'up to <b>7</b> days & less', cells: [{ count: 12 }, { count: 9 }] },
		{ key: 'middle', label: 'in between', cells: [{ count: 7 }, 'fewer'] },
		{ key: 'long', label: '=eight days or longer', cells: [{ count: 41 }, 'withheld'] }
	],
	n: 60,
	source: 'baseline',
	threshold: 5
};

describe('a chart', () => {
	const { wide, narrow } = drawChart(chart, 'en');

	it.each([
		['wide', wide],
		['narrow', narrow]
	])('drawn %s holds nothing that the content security policy refuses', (_, svg) => {
		expect(svg).not.toMatch(/<style|\sstyle=|<script|\son\w+=|javascript:/);
	});

	it('draws a bar for every figure that may be seen and none for the others', () => {
		const { document } = parseHTML(wide);
		expect(document.querySelectorAll('[class^="chart-bar"] rect')).toHaveLength(4);
	});

	it('gives each series a hatching of its own', () => {
		const { document } = parseHTML(wide);
		const patterns = [...document.querySelectorAll('pattern')].map((pattern) => pattern.innerHTML);
		expect(new Set(patterns).size).toBe(2);
		expect(wide).toContain('url(#waiting-w-p2)');
	});

	it('says in words what is hidden', () => {
		expect(wide).toContain('fewer than 5');
		expect(drawChart(chart, 'ru').wide).toContain('меньше 5');
		expect(wide).toContain('withheld');
	});

	it('says by its name what it shows, and reads out no names of its parts', () => {
		const { document } = parseHTML(wide);
		expect(document.querySelector('svg')?.getAttribute('aria-label')).toContain(chart.title);
		expect(document.querySelectorAll('[aria-description], svg *[aria-label]')).toHaveLength(0);
	});

	it('escapes what people wrote', () => {
		expect(wide).not.toContain('<b>');
	});

	it('stands without a single figure', () => {
		const hidden = { ...chart, categories: [{ key: 'a', label: 'a', cells: ['fewer', 'fewer'] as const }] };
		expect(drawChart(hidden, 'uz').narrow).toContain('5 tadan kam');
	});

	it('refuses more series than a reader can tell apart', () => {
		const series = ['a', 'b', 'c', 'd', 'e'].map((key) => ({ key, label: key }));
		expect(() => drawChart({ ...chart, series }, 'en')).toThrow(RangeError);
	});

	it('comes as CSV without formulas and without hidden figures', () => {
		expect(chartCsv(chart, { fewer: 'fewer than 5', withheld: 'withheld' })).toBe(
			",State centres,Shelters\r\nup to <b>7</b> days & less,12,9\r\nin between,7,fewer than 5\r\n'=eight days or longer,41,withheld\r\n"
		);
	});
});
