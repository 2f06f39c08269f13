import type { Actions, PageServerLoad } from './$types.js';
import { editRound as edit } from '#modules/assessment/permits.ts';
import { editRound } from '#modules/assessment/round-commands.server.ts';
import { getRound, versionOptions } from '#modules/assessment/round-queries.server.ts';
import { roundFields } from '#modules/assessment/round.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { versionAt } from '#platform/record.server.ts';
import { acting, reading, seenIn } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: id } = event.params;
		await permit(tx, edit, id);
		const seen = await versionAt(tx, { table: 'assessment.round', id });
		const { round, places: chosen } = await getRound(tx, programme, id);
		return { round, seen, chosen: chosen.map((place) => place.id), versions: await versionOptions(tx, programme), places: await placeOptions(tx, programme) };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, roundFields, async (tx, input) => {
			const { programme, round } = event.params;
			await editRound(tx, await permit(tx, edit, round), input, seenIn(event));
			return `/p/${programme}/assessment/rounds/${round}`;
		})
};
