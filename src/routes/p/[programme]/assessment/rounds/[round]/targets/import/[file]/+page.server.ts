import type { Actions, PageServerLoad } from './$types.js';
import { targetImporter } from '#modules/assessment/fieldwork/target-commands.server.ts';
import { carryingOut, showing } from '../../../../../../../../importing.server.ts';

export const load: PageServerLoad = async (event) => {
	const { programme, round, file } = event.params;
	return { preview: await showing(event, targetImporter, { programmeId: programme, roundId: round }, file) };
};

export const actions: Actions = {
	default: (event) => {
		const { programme, round, file } = event.params;
		return carryingOut(event, targetImporter, { programmeId: programme, roundId: round }, file, `/p/${programme}/assessment/rounds/${round}/targets`);
	}
};
