import type { PageServerLoad } from './$types.js';
import { evidenceReaders } from '#modules/assessment/permits.ts';
import { getDocument } from '#modules/assessment/queries.server.ts';
import { whoCanSee } from '#modules/network/queries.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const document = await getDocument(tx, event.params.programme, event.params.document);
		const readers = await whoCanSee(tx, evidenceReaders, document.programmeId, document.placeId);
		return { document, readers: [...new Set(readers.map((each) => each.displayName))] };
	});
