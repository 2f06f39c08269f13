import type { RequestHandler } from './$types.js';
import { listDocuments } from '#modules/assessment/queries.server.ts';
import { documentColumns } from '#modules/assessment/ui/list-columns.ts';
import { m } from '#paraglide/messages.js';
import { arrangedTable } from '#ui/arrange.ts';
import { readTableQuery } from '#ui/table.ts';
import { exporting } from '../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const { programme, format } = event.params;
	const { locale } = event.locals;
	const columns = documentColumns(locale);
	return exporting(event, format, `/p/${programme}/assessment/documents`, async (tx) =>
		arrangedTable(m.assessment_documents(), await listDocuments(tx, programme), columns, readTableQuery(event.url, columns, { sort: '-code' }), locale)
	);
};
