import type { Actions, PageServerLoad } from './$types.js';
import { draftRound as draft } from '#modules/assessment/permits.ts';
import { draftRound } from '#modules/assessment/round-commands.server.ts';
import { versionOptions } from '#modules/assessment/round-queries.server.ts';
import { roundFields } from '#modules/assessment/round.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		await permit(tx, draft, { programmeId });
		return { versions: await versionOptions(tx, programmeId), places: await placeOptions(tx, programmeId), version: event.url.searchParams.get('version') ?? '' };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, roundFields, async (tx, input) => {
			const programmeId = event.params.programme;
			const id = await draftRound(tx, await permit(tx, draft, { programmeId }), input);
			return `/p/${programmeId}/assessment/rounds/${id}`;
		})
};
