import type { PageServerLoad } from './$types.js';
import { editPlace, networkReaders } from '#modules/network/permits.ts';
import { getPlace } from '#modules/network/places.queries.server.ts';
import { whoCanSee } from '#modules/network/queries.server.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId, place: id } = event.params;
		return {
			place: await getPlace(tx, programmeId, id),
			holders: await whoCanSee(tx, networkReaders, programmeId, null),
			mayChange: await mayI(tx, editPlace, id)
		};
	});
