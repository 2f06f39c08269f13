import type { PageServerLoad } from './$types.js';
import { addQuotation } from '#modules/assessment/permits.ts';
import { listQuotations } from '#modules/assessment/queries.server.ts';
import { quotationColumns } from '#modules/assessment/ui/list-columns.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { arrangeRows } from '#ui/arrange.ts';
import { readTableQuery } from '#ui/table.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		const { locale } = event.locals;
		const columns = quotationColumns(locale);
		const query = readTableQuery(event.url, columns, { sort: '-code' });
		return { query, ...arrangeRows(await listQuotations(tx, programmeId), columns, query, locale), mayAdd: await mayI(tx, addQuotation, { programmeId }) };
	});
