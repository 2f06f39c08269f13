import type { Actions, PageServerLoad } from './$types.js';
import { organisationFields } from '#modules/network/organisation.ts';
import { editOrganisation } from '#modules/network/organisations.commands.server.ts';
import { getOrganisation } from '#modules/network/organisations.queries.server.ts';
import { editOrganisation as mayEditOrganisation } from '#modules/network/permits.ts';
import { permit } from '#platform/permit.server.ts';
import { versionAt } from '#platform/record.server.ts';
import { acting, reading, seenIn } from '#platform/request.server.ts';
import { organisationChoices } from '../../choices.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId, organisation: id } = event.params;
		await permit(tx, mayEditOrganisation, id);
		const version = await versionAt(tx, { table: 'network.organisation', id });
		const organisation = await getOrganisation(tx, programmeId, id);
		return { organisation, version, ...(await organisationChoices(tx, programmeId, organisation.places, id)) };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, organisationFields, async (tx, fields) => {
			const { programme: programmeId, organisation: id } = event.params;
			await editOrganisation(tx, await permit(tx, mayEditOrganisation, id), fields, seenIn(event));
			return `/p/${programmeId}/network/organisations/${id}`;
		})
};
