import type { PageServerLoad } from './$types.js';
import { listOrganisations } from '#modules/network/organisations.queries.server.ts';
import { createOrganisation } from '#modules/network/permits.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { isId } from '#platform/ids.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { readTableQuery } from '#ui/table.ts';
import { organisationColumns, organisationFilter } from './columns.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId } = event.params;
		const query = readTableQuery(event.url, organisationColumns, { sort: 'name' });
		const asked = organisationFilter(event.url);
		const filter = { ...asked, placeId: isId(asked.placeId) ? asked.placeId : '' };
		return {
			query,
			filter,
			...(await listOrganisations(tx, programmeId, { ...filter, search: query.search }, query)),
			places: await placeOptions(tx, programmeId),
			mayChange: await mayI(tx, createOrganisation, { programmeId })
		};
	});
