import type { Actions, PageServerLoad } from './$types.js';
import { editProgramme as mayEditProgramme } from '#modules/network/permits.ts';
import { lowestThresholds, programmeSettings } from '#modules/network/programme-settings.ts';
import { editProgramme } from '#modules/network/programme.commands.server.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, demandStepUp, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		await permit(tx, mayEditProgramme, event.params.programme);
		return { lowest: lowestThresholds };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, programmeSettings, async (tx, fields) => {
			demandStepUp(event);
			const { programme: id } = event.params;
			await editProgramme(tx, await permit(tx, mayEditProgramme, id), fields);
			return `/p/${id}/network/programme`;
		})
};
