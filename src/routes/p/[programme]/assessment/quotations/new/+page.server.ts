import type { Actions, PageServerLoad } from './$types.js';
import { addQuotation } from '#modules/assessment/evidence-commands.server.ts';
import { quotationFields } from '#modules/assessment/evidence.ts';
import { addQuotation as add } from '#modules/assessment/permits.ts';
import { listRounds } from '#modules/assessment/round-queries.server.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => ({ places: await placeOptions(tx, event.params.programme), rounds: await listRounds(tx, event.params.programme) }));

export const actions: Actions = {
	default: (event) =>
		acting(event, quotationFields, async (tx, fields) => {
			const programmeId = event.params.programme;
			const id = await addQuotation(tx, await permit(tx, add, { programmeId, placeId: fields.placeId }), fields);
			return `/p/${programmeId}/assessment/quotations/${id}`;
		})
};
