import type { RequestHandler } from './$types.js';
import { listFigures } from '#modules/assessment/figures/queries.server.ts';
import { figureColumns, figureFilter } from '#modules/assessment/ui/figure-columns.ts';
import { m } from '#paraglide/messages.js';
import { readTableQuery } from '#ui/table.ts';
import { exporting } from '../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const { programme, format } = event.params;
	const columns = figureColumns(event.locals.locale);
	const query = { ...readTableQuery(event.url, columns, { sort: '-code' }), pageSize: 20_000, offset: 0 };
	return exporting(event, format, `/p/${programme}/assessment/figures`, async (tx) => {
		const { rows } = await listFigures(tx, programme, query, figureFilter(event.url.searchParams));
		const shown = columns.filter((column) => query.columns.has(column.key));
		return { name: m.assessment_figures(), columns: shown.map((column) => column.label), rows: rows.map((row) => shown.map((column) => column.text(row))) };
	});
};
