import type { PageServerLoad } from './$types.js';
import { matrixFor } from '#modules/assessment/coding/matrix.server.ts';
import { m } from '#paraglide/messages.js';
import { localText } from '#platform/locales.ts';
import { reading } from '#platform/request.server.ts';
import { drawChart } from '#ui/chart.server.ts';
import type { BarChart } from '#ui/chart.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { locale } = event.locals;
		const by = event.url.searchParams.get('by') === 'type' ? 'type' : 'place';
		const matrix = await matrixFor(tx, event.params.programme, by, locale);
		// A picture holds four series; the table beside it holds all.
		const shown = matrix.columns.slice(0, 4);
		const chart: BarChart | null =
			matrix.rows.length === 0
				? null
				: {
						id: 'codes',
						title: by === 'place' ? m.coding_matrix_title_place() : m.coding_matrix_title_type(),
						measure: 'count',
						series: shown.map(({ key, label }) => ({ key: key || 'none', label })),
						categories: matrix.rows.slice(0, 15).map((row) => ({ key: row.codeId, label: localText(row.code.name, locale).text, cells: row.cells.slice(0, 4).map(({ interviews }) => ({ count: interviews })) })),
						n: matrix.interviews,
						source: m.coding_matrix_source(),
						threshold: 0
					};
		return { by, matrix, chart, drawing: chart && drawChart(chart, locale) };
	});
