import type { Actions, PageServerLoad } from './$types.js';
import { importTargets } from '#modules/assessment/fieldwork/permits.ts';
import { targetImporter } from '#modules/assessment/fieldwork/target-commands.server.ts';
import { targetColumns } from '#modules/assessment/fieldwork/target.ts';
import { permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { takingIn } from '../../../../../../../importing.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round } = event.params;
		await permit(tx, importTargets, { programmeId: programme, roundId: round });
		return { columns: targetColumns };
	});

export const actions: Actions = {
	default: (event) => {
		const { programme, round } = event.params;
		return takingIn(event, targetImporter, { programmeId: programme, roundId: round }, `/p/${programme}/assessment/rounds/${round}/targets/import`);
	}
};
