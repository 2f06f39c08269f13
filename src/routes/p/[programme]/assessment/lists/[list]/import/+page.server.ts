import type { Actions, PageServerLoad } from './$types.js';
import { entityImporter } from '#modules/assessment/entities/entity-commands.server.ts';
import { getEntityList } from '#modules/assessment/entities/entity-queries.server.ts';
import { importEntities } from '#modules/assessment/entities/permits.ts';
import { permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { takingIn } from '../../../../../../importing.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, list: listId } = event.params;
		await permit(tx, importEntities, { programmeId: programme, listId });
		const { id, name, properties } = await getEntityList(tx, programme, listId);
		return { list: { id, name }, columns: ['name', 'label', ...properties] };
	});

export const actions: Actions = {
	default: (event) => {
		const { programme, list: listId } = event.params;
		return takingIn(event, entityImporter, { programmeId: programme, listId }, `/p/${programme}/assessment/lists/${listId}/import`);
	}
};
