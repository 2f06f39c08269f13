import { dev } from '$app/env';
import { error } from '@sveltejs/kit';
import { getLocale } from '#paraglide/runtime.js';
import { settings } from '#platform/settings.ts';
import { drawChart } from '#ui/chart.server.ts';
import { readTableQuery } from '#ui/table.ts';
import { galleryColumns, sampleCharts, sampleGaps } from './samples.ts';

/** The components on one page: for those who build and test the program, not for those who use it. */
export const load = ({ url }: { url: URL }) => {
	if (!dev && !settings().HAMKOR_UI_GALLERY) error(404);
	const query = readTableQuery(url, galleryColumns, { pageSize: 4, sort: '-priority' });
	const all = sampleGaps(getLocale());
	const found = all.filter((gap) => gap.title.toLowerCase().includes(query.search.toLowerCase()));
	const { sort } = query;
	if (sort) {
		const sign = sort.descending ? -1 : 1;
		found.sort((a, b) =>
			sort.key === 'priority'
				? sign * (a.priority - b.priority)
				: sign * a.title.localeCompare(b.title, getLocale())
		);
	}
	return {
		query,
		rows: found.slice(query.offset, query.offset + query.pageSize),
		matching: found.length,
		total: all.length,
		charts: sampleCharts.map((chart) => ({ chart, drawing: drawChart(chart, getLocale()) }))
	};
};
