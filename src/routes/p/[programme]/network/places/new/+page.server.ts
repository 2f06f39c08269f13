import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { createPlace as mayCreatePlace } from '#modules/network/permits.ts';
import { placeFields } from '#modules/network/place.ts';
import { createPlace } from '#modules/network/places.commands.server.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme: programmeId } = event.params;
		await permit(tx, mayCreatePlace, { programmeId });
		const parents = await placeOptions(tx, programmeId);
		const parent = parents.find(({ id }) => id === event.url.searchParams.get('parent'));
		return { id: newId(), parents, parentId: parent?.id ?? null };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, placeFields.extend({ id: z.uuid() }), async (tx, { id, ...fields }) => {
			const { programme: programmeId } = event.params;
			await createPlace(tx, await permit(tx, mayCreatePlace, { programmeId }), fields, id);
			return `/p/${programmeId}/network/places/${id}`;
		})
};
