import type { RequestHandler } from './$types.js';
import { listAssessments } from '#modules/assessment/scoring/queries.server.ts';
import { arranged, assessmentColumns } from '#modules/assessment/scoring/ui/words.ts';
import { m } from '#paraglide/messages.js';
import { readTableQuery } from '#ui/table.ts';
import { exporting } from '../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const { programme, format } = event.params;
	return exporting(event, format, `/p/${programme}/assessment/scoring`, async (tx) => {
		const columns = assessmentColumns(event.locals.locale);
		const query = readTableQuery(event.url, columns);
		const round = event.url.searchParams.get('round') ?? '';
		const rows = arranged((await listAssessments(tx, programme)).filter((row) => round === '' || row.roundId === round), columns, query);
		const shown = columns.filter((column) => query.columns.has(column.key));
		return { name: m.scoring_title(), columns: shown.map((column) => column.label), rows: rows.map((row) => shown.map((column) => column.text(row))) };
	});
};
