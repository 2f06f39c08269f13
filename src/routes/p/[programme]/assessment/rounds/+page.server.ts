import type { PageServerLoad } from './$types.js';
import { draftRound } from '#modules/assessment/permits.ts';
import { listRounds } from '#modules/assessment/round-queries.server.ts';
import { roundColumns } from '#modules/assessment/ui/list-columns.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { arrangeRows } from '#ui/arrange.ts';
import { readTableQuery } from '#ui/table.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		const { locale } = event.locals;
		const columns = roundColumns(locale);
		const query = readTableQuery(event.url, columns, { sort: '-code' });
		return { query, ...arrangeRows(await listRounds(tx, programmeId), columns, query, locale), mayDraft: await mayI(tx, draftRound, { programmeId }) };
	});
