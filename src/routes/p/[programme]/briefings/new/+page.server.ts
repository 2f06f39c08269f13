import type { Actions } from './$types.js';
import { briefingFields } from '#modules/policy/briefing/briefing.ts';
import { draftBriefing } from '#modules/policy/briefing/commands.server.ts';
import * as verbs from '#modules/policy/briefing/permits.ts';
import { permit } from '#platform/permit.server.ts';
import { acting } from '#platform/request.server.ts';

export const actions: Actions = {
	default: (event) =>
		acting(event, briefingFields, async (tx, fields) => {
			const { programme } = event.params;
			const id = await draftBriefing(tx, await permit(tx, verbs.draftBriefing, { programmeId: programme }), fields);
			return `/p/${programme}/briefings/${id}`;
		})
};
