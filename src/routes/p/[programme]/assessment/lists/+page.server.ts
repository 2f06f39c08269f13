import type { Actions, PageServerLoad } from './$types.js';
import { makeList } from '#modules/assessment/entities/entity-commands.server.ts';
import { newListFields } from '#modules/assessment/entities/entity-list.ts';
import { listEntityLists } from '#modules/assessment/entities/entity-queries.server.ts';
import { makeEntityList } from '#modules/assessment/entities/permits.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId } = event.params;
		return { lists: await listEntityLists(tx, programmeId), mayMake: await mayI(tx, makeEntityList, { programmeId }) };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, newListFields, async (tx, { name }) => {
			const { programme: programmeId } = event.params;
			const id = await makeList(tx, await permit(tx, makeEntityList, { programmeId }), name);
			return `/p/${programmeId}/assessment/lists/${id}/import`;
		})
};
