import type { RequestHandler } from './$types.js';
import { listFigures } from '#modules/assessment/figures/queries.server.ts';
import { figureColumns, figureFilter } from '#modules/assessment/ui/figure-columns.ts';
import { getProgramme } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { readTableQuery } from '#ui/table.ts';
import { exporting } from '../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const { programme, format } = event.params;
	return exporting(event, format, `/p/${programme}/assessment/figures`, async (tx) => {
		const columns = figureColumns(event.locals.locale, (await getProgramme(tx, programme)).timeZone);
		const query = { ...readTableQuery(event.url, columns, { sort: '-code' }), pageSize: 20_000, offset: 0 };
		const { rows } = await listFigures(tx, programme, query, figureFilter(event.url.searchParams));
		const shown = columns.filter((column) => query.columns.has(column.key));
		return { name: m.assessment_figures(), columns: shown.map((column) => column.label), rows: rows.map((row) => shown.map((column) => column.text(row))) };
	});
};
