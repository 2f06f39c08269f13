import type { RequestHandler } from './$types.js';
import { listFindings } from '#modules/assessment/queries.server.ts';
import { findingColumns } from '#modules/assessment/ui/finding-columns.ts';
import { getProgramme } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { readTableQuery } from '#ui/table.ts';
import { exporting } from '../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const { programme, format } = event.params;
	return exporting(event, format, `/p/${programme}/assessment/findings`, async (tx) => {
		const columns = findingColumns(event.locals.locale, (await getProgramme(tx, programme)).timeZone);
		const query = { ...readTableQuery(event.url, columns, { sort: '-code' }), pageSize: 20_000, offset: 0 };
		const { rows } = await listFindings(tx, programme, query, event.url.searchParams.get('state'));
		const shown = columns.filter((column) => query.columns.has(column.key));
		return { name: m.assessment_findings(), columns: shown.map((column) => column.label), rows: rows.map((row) => shown.map((column) => column.text(row))) };
	});
};
