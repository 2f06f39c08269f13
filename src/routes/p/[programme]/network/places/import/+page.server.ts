import type { Actions, PageServerLoad } from './$types.js';
import { placeColumns } from '#modules/network/places.import.ts';
import { importPlaces } from '#modules/network/permits.ts';
import { permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { uploading } from '../../../../../importing.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		await permit(tx, importPlaces, { programmeId: event.params.programme });
		return { columns: placeColumns };
	});

export const actions: Actions = { default: (event) => uploading(event, event.params.programme, 'places') };
