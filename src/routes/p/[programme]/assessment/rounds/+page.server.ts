import type { PageServerLoad } from './$types.js';
import { draftRound } from '#modules/assessment/permits.ts';
import { listRounds } from '#modules/assessment/round-queries.server.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		return { rounds: await listRounds(tx, programmeId), mayDraft: await mayI(tx, draftRound, { programmeId }) };
	});
