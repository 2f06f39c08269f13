import type { PageServerLoad } from './$types.js';
import { nameInterviewAnalysts, readsInterviews } from '#modules/assessment/coding/permits.ts';
import { listInterviews, myRounds } from '#modules/assessment/coding/queries.server.ts';
import { makers } from '#modules/assessment/permits.ts';
import { myRoles } from '#modules/network/queries.server.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		const reads = (await readsInterviews(tx, programmeId)) || (await myRounds(tx, programmeId)).length > 0;
		const makes = (await myRoles(tx, programmeId)).some(({ role }) => makers.includes(role));
		return { interviews: await listInterviews(tx, programmeId), mayAdd: reads && makes, reads, mayName: await mayI(tx, nameInterviewAnalysts, { programmeId }) };
	});
