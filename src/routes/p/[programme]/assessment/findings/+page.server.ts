import type { PageServerLoad } from './$types.js';
import { draftFinding } from '#modules/assessment/permits.ts';
import { listFindings } from '#modules/assessment/queries.server.ts';
import { findingColumns } from '#modules/assessment/ui/finding-columns.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { readTableQuery } from '#ui/table.ts';

export const load: PageServerLoad = async (event) => {
	const { timeZone } = (await event.parent()).programme;
	return reading(event, async (tx) => {
		const programmeId = event.params.programme;
		const query = readTableQuery(event.url, findingColumns(event.locals.locale, timeZone), { sort: '-code' });
		const state = event.url.searchParams.get('state');
		return { query, state, ...(await listFindings(tx, programmeId, query, state)), mayDraft: await mayI(tx, draftFinding, { programmeId }) };
	});
};
