import type { RequestHandler } from './$types.js';
import { organisationTable } from '#modules/network/exports.server.ts';
import { listOrganisations } from '#modules/network/organisations.queries.server.ts';
import { isId } from '#platform/ids.ts';
import { readTableQuery } from '#ui/table.ts';
import { exporting } from '../../../../../exporting.server.ts';
import { organisationColumns, organisationFilter } from '../columns.ts';

/** The organisations that the list shows, with all their fields: the file can be changed and brought back. */
export const GET: RequestHandler = (event) => {
	const { programme, format } = event.params;
	return exporting(event, format, `/p/${programme}/network/organisations`, async (tx) => {
		const { search, sort } = readTableQuery(event.url, organisationColumns, { sort: 'name' });
		const asked = organisationFilter(event.url);
		const filter = { ...asked, search, placeId: isId(asked.placeId) ? asked.placeId : '' };
		const { rows } = await listOrganisations(tx, programme, filter, { sort, offset: 0, pageSize: 1_000_000 });
		return organisationTable(tx, programme, rows.map(({ id }) => id));
	});
};
