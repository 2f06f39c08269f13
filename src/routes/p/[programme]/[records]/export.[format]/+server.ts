import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { getProgramme } from '#modules/network/queries.server.ts';
import { problemText } from '#platform/problem-text.ts';
import { personOf, reading } from '#platform/request.server.ts';
import { exportResponse } from '#platform/spreadsheet.server.ts';
import { needStepUp } from '../../step-up.server.ts';
import { deskAt } from '../desks/all.server.ts';
import { filterOf, listColumns, listRow, tableQuery } from '../list.server.ts';

/** The rows of the list with the same search, filters, order and columns, as a file. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	needStepUp(event);
	const { format } = event.params;
	const { locale } = event.locals;
	const desk = deskAt(event.params.records, locale);
	if (format !== 'xlsx' && format !== 'csv') error(404, { message: problemText('not-found', {}, locale), code: 'not-found' });
	const query = tableQuery(desk, event.url);
	const columns = listColumns(desk).filter((column) => query.columns.has(column.key));
	const rows = await reading(event, async (tx) => {
		const programme = await getProgramme(tx, event.params.programme);
		const place = { programmeId: programme.id, locale, timeZone: programme.timeZone };
		const all = await desk.list(tx, programme.id, { ...filterOf(desk, event.url, query), offset: 0, pageSize: 100_000 });
		return all.rows.map((row) => listRow(desk, place, row));
	});
	const table = { name: desk.words.title(), columns: columns.map((column) => column.label), rows: rows.map((row) => columns.map((column) => row.cells[column.key] ?? '')) };
	return exportResponse(format, desk.path, [table]);
};
