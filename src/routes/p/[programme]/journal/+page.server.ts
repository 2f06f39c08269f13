import type { PageServerLoad } from './$types.js';
import { readJournal } from '#modules/network/permits.ts';
import { journalChain, listJournal } from '#platform/journal-list.server.ts';
import { permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { readTableQuery } from '#ui/table.ts';
import { journalColumns, journalFilter } from './filter.ts';

export const load: PageServerLoad = async (event) => {
	const page = await reading(event, async (tx) => {
		await permit(tx, readJournal, event.params.programme);
		const query = readTableQuery(event.url, journalColumns, { pageSize: 50 });
		const filter = journalFilter(event.url);
		return { query, filter, ...(await listJournal(tx, event.params.programme, filter, query)) };
	});
	return { ...page, chain: await journalChain() };
};
