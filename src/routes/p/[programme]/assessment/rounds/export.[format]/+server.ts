import type { RequestHandler } from './$types.js';
import { listRounds } from '#modules/assessment/round-queries.server.ts';
import { roundColumns } from '#modules/assessment/ui/list-columns.ts';
import { m } from '#paraglide/messages.js';
import { arrangedTable } from '#ui/arrange.ts';
import { readTableQuery } from '#ui/table.ts';
import { exporting } from '../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const { programme, format } = event.params;
	const { locale } = event.locals;
	const columns = roundColumns(locale);
	return exporting(event, format, `/p/${programme}/assessment/rounds`, async (tx) =>
		arrangedTable(m.assessment_rounds(), await listRounds(tx, programme), columns, readTableQuery(event.url, columns, { sort: '-code' }), locale)
	);
};
