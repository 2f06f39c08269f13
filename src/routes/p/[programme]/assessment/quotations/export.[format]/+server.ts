import type { RequestHandler } from './$types.js';
import { listQuotations } from '#modules/assessment/queries.server.ts';
import { quotationColumns } from '#modules/assessment/ui/list-columns.ts';
import { m } from '#paraglide/messages.js';
import { arrangedTable } from '#ui/arrange.ts';
import { readTableQuery } from '#ui/table.ts';
import { exporting } from '../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const { programme, format } = event.params;
	const { locale } = event.locals;
	const columns = quotationColumns(locale);
	return exporting(event, format, `/p/${programme}/assessment/quotations`, async (tx) =>
		arrangedTable(m.assessment_quotations(), await listQuotations(tx, programme), columns, readTableQuery(event.url, columns, { sort: '-code' }), locale)
	);
};
