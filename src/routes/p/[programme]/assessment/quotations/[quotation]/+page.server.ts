import type { PageServerLoad } from './$types.js';
import { evidenceReaders } from '#modules/assessment/permits.ts';
import { getQuotation } from '#modules/assessment/queries.server.ts';
import { withdrawalPart } from '#modules/assessment/withdrawal/part.server.ts';
import { whoCanSee } from '#modules/network/queries.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const quotation = await getQuotation(tx, event.params.programme, event.params.quotation);
		const readers = await whoCanSee(tx, evidenceReaders, quotation.programmeId, quotation.placeId);
		return { quotation, ...(await withdrawalPart(tx, quotation.programmeId, 'quotation', quotation.id)), readers: [...new Set(readers.map((each) => each.displayName))] };
	});
