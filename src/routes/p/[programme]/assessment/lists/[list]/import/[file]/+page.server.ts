import type { Actions, PageServerLoad } from './$types.js';
import { entityImporter } from '#modules/assessment/entities/entity-commands.server.ts';
import { getEntityList } from '#modules/assessment/entities/entity-queries.server.ts';
import { reading } from '#platform/request.server.ts';
import { carryingOut, showing } from '../../../../../../../importing.server.ts';

export const load: PageServerLoad = async (event) => {
	const { programme, list: listId, file } = event.params;
	const { id, name } = await reading(event, (tx) => getEntityList(tx, programme, listId));
	return { list: { id, name }, preview: await showing(event, entityImporter, { programmeId: programme, listId }, file) };
};

export const actions: Actions = {
	default: (event) => {
		const { programme, list: listId, file } = event.params;
		return carryingOut(event, entityImporter, { programmeId: programme, listId }, file, `/p/${programme}/assessment/lists/${listId}`);
	}
};
