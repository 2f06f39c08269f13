import type { Actions, PageServerLoad } from './$types.js';
import { mayI, permit } from '#platform/permit.server.ts';
import { versionAt } from '#platform/record.server.ts';
import { acting, reading, seenIn } from '#platform/request.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { weightsOf } from '#modules/gaps/ranking/queries.server.ts';
import { setWeighting } from '#modules/gaps/weigh/commands.server.ts';
import { weightingFields } from '#modules/gaps/weigh/weigh.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		const version = await versionAt(tx, { table: 'gaps.weighting', id: programmeId, key: 'programme_id' });
		return { version, ...(await weightsOf(tx, programmeId)), may: await mayI(tx, verbs.setWeights, { programmeId }) };
	});

export const actions: Actions = {
	default: (event) => {
		const { programme: programmeId } = event.params;
		return acting(event, weightingFields, async (tx, fields) => {
			await setWeighting(tx, await permit(tx, verbs.setWeights, { programmeId }), fields, seenIn(event));
			return `/p/${programmeId}/gaps`;
		});
	}
};
