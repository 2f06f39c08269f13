import type { PageServerLoad } from './$types.js';
import { addQuotation } from '#modules/assessment/permits.ts';
import { listQuotations } from '#modules/assessment/queries.server.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		return { quotations: await listQuotations(tx, programmeId), mayAdd: await mayI(tx, addQuotation, { programmeId }) };
	});
