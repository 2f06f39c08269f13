import type { Actions, PageServerLoad } from './$types.js';
import { editProgramme as mayEditProgramme } from '#modules/network/permits.ts';
import { lowestThresholds, programmeSettings } from '#modules/network/programme-settings.ts';
import { editProgramme } from '#modules/network/programme.commands.server.ts';
import { getProgramme } from '#modules/network/queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { versionAt } from '#platform/record.server.ts';
import { acting, demandStepUp, reading, seenIn } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: id } = event.params;
		await permit(tx, mayEditProgramme, id);
		// Read again here: what the pages' frame has read may be older than the version.
		const version = await versionAt(tx, { table: 'network.programme', id });
		return { lowest: lowestThresholds, version, programme: await getProgramme(tx, id) };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, programmeSettings, async (tx, fields) => {
			demandStepUp(event);
			const { programme: id } = event.params;
			await editProgramme(tx, await permit(tx, mayEditProgramme, id), fields, seenIn(event));
			return `/p/${id}/network/programme`;
		})
};
