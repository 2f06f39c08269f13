import type { PageServerLoad } from './$types.js';
import { evidenceReaders } from '#modules/assessment/permits.ts';
import { getDocument } from '#modules/assessment/queries.server.ts';
import { withdrawalPart } from '#modules/assessment/withdrawal/part.server.ts';
import { whoCanSee } from '#modules/network/queries.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const document = await getDocument(tx, event.params.programme, event.params.document);
		const readers = await whoCanSee(tx, evidenceReaders, document.programmeId, document.placeId);
		return { document, ...(await withdrawalPart(tx, document.programmeId, 'document', document.id)), readers: [...new Set(readers.map((each) => each.displayName))] };
	});
