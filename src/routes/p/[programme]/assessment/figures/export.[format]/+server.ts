import { error, redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { listFigures } from '#modules/assessment/figures/queries.server.ts';
import { figureColumns, figureFilter } from '#modules/assessment/ui/figure-columns.ts';
import { m } from '#paraglide/messages.js';
import { localizeHref } from '#paraglide/runtime.js';
import { Problem } from '#platform/problem.ts';
import { demandStepUp, personOf, reading } from '#platform/request.server.ts';
import { exportResponse } from '#platform/spreadsheet.server.ts';
import { readTableQuery } from '#ui/table.ts';

export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { format, programme } = event.params;
	if (format !== 'xlsx' && format !== 'csv') error(404);
	try {
		demandStepUp(event);
	} catch (thrown) {
		if (thrown instanceof Problem) redirect(303, `${localizeHref('/step-up')}?to=${encodeURIComponent(event.url.pathname + event.url.search)}`);
		throw thrown;
	}
	const columns = figureColumns(event.locals.locale);
	const query = { ...readTableQuery(event.url, columns, { sort: '-code' }), pageSize: 20_000, offset: 0 };
	const { rows } = await reading(event, (tx) => listFigures(tx, programme, query, figureFilter(event.url.searchParams)));
	const shown = columns.filter((column) => query.columns.has(column.key));
	return exportResponse(format, m.assessment_figures(), [{ name: m.assessment_figures(), columns: shown.map((column) => column.label), rows: rows.map((row) => shown.map((column) => column.text(row))) }]);
};
