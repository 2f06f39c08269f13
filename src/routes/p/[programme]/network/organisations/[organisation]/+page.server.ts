import type { PageServerLoad } from './$types.js';
import { getOrganisation } from '#modules/network/organisations.queries.server.ts';
import { editOrganisation, networkReaders } from '#modules/network/permits.ts';
import { whoCanSee } from '#modules/network/queries.server.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId, organisation: id } = event.params;
		return {
			organisation: await getOrganisation(tx, programmeId, id),
			holders: await whoCanSee(tx, networkReaders, programmeId, null),
			mayChange: await mayI(tx, editOrganisation, id)
		};
	});
