import type { Actions, PageServerLoad } from './$types.js';
import { organisationColumnNames } from '#modules/network/organisations.import.ts';
import { importOrganisations } from '#modules/network/permits.ts';
import { permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { uploading } from '../../../../../importing.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		await permit(tx, importOrganisations, { programmeId: event.params.programme });
		return { columns: organisationColumnNames };
	});

export const actions: Actions = { default: (event) => uploading(event, event.params.programme, 'organisations') };
