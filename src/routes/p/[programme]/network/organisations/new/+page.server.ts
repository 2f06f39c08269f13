import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { organisationFields } from '#modules/network/organisation.ts';
import { createOrganisation } from '#modules/network/organisations.commands.server.ts';
import { createOrganisation as mayCreateOrganisation } from '#modules/network/permits.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { organisationChoices } from '../choices.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId } = event.params;
		await permit(tx, mayCreateOrganisation, { programmeId });
		return { id: newId(), ...(await organisationChoices(tx, programmeId)) };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, organisationFields.extend({ id: z.uuid() }), async (tx, { id, ...fields }) => {
			const { programme: programmeId } = event.params;
			await createOrganisation(tx, await permit(tx, mayCreateOrganisation, { programmeId }), fields, id);
			return `/p/${programmeId}/network/organisations/${id}`;
		})
};
