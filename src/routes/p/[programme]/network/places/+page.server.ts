import type { PageServerLoad } from './$types.js';
import { createPlace } from '#modules/network/permits.ts';
import { openTree, searchPlaces } from '#modules/network/places.queries.server.ts';
import { isId } from '#platform/ids.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId } = event.params;
		const at = event.url.searchParams.get('at') ?? '';
		const search = (event.url.searchParams.get('q') ?? '').trim().slice(0, 200);
		return {
			...(await openTree(tx, programmeId, isId(at) ? at : null)),
			search,
			found: await searchPlaces(tx, programmeId, search),
			mayChange: await mayI(tx, createPlace, { programmeId })
		};
	});
