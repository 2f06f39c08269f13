import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { createProgramme } from '#modules/network/commands.server.ts';
import { createProgramme as mayCreate } from '#modules/network/permits.ts';
import { programmeFields } from '#modules/network/programme.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, demandStepUp, personOf, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) => {
	personOf(event);
	return reading(event, async (tx) => {
		await permit(tx, mayCreate, null);
		return { id: newId() };
	});
};

export const actions: Actions = {
	default: (event) =>
		acting(event, programmeFields.extend({ id: z.uuid() }), async (tx, { id, ...fields }) => {
			demandStepUp(event);
			await createProgramme(tx, await permit(tx, mayCreate, id), fields, personOf(event).personId);
			return `/p/${id}/network/programme`;
		})
};
