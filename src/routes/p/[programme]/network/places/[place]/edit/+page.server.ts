import type { Actions, PageServerLoad } from './$types.js';
import { editPlace as mayEditPlace } from '#modules/network/permits.ts';
import { placeFields } from '#modules/network/place.ts';
import { editPlace } from '#modules/network/places.commands.server.ts';
import { getPlace } from '#modules/network/places.queries.server.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { versionAt } from '#platform/record.server.ts';
import { acting, reading, seenIn } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId, place: id } = event.params;
		await permit(tx, mayEditPlace, id);
		const version = await versionAt(tx, { table: 'network.place', id });
		const parents = await placeOptions(tx, programmeId);
		return { version, place: await getPlace(tx, programmeId, id), parents: parents.filter((parent) => parent.id !== id) };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, placeFields, async (tx, fields) => {
			const { programme: programmeId, place: id } = event.params;
			await editPlace(tx, await permit(tx, mayEditPlace, id), fields, seenIn(event));
			return `/p/${programmeId}/network/places/${id}`;
		})
};
