import type { PageServerLoad } from './$types.js';
import { addDocument } from '#modules/assessment/permits.ts';
import { listDocuments } from '#modules/assessment/queries.server.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		return { documents: await listDocuments(tx, programmeId), mayAdd: await mayI(tx, addDocument, { programmeId }) };
	});
