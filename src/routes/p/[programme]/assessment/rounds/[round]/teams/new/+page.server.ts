import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { makeTeam } from '#modules/assessment/fieldwork/permits.ts';
import { placesOfRound } from '#modules/assessment/fieldwork/target-queries.server.ts';
import { makeTeam as make } from '#modules/assessment/fieldwork/team-commands.server.ts';
import { serviceOptions } from '#modules/assessment/fieldwork/team-queries.server.ts';
import { teamFields } from '#modules/assessment/fieldwork/team.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round } = event.params;
		await permit(tx, makeTeam, round);
		return { freshId: newId(), places: await placesOfRound(tx, programme, round), services: await serviceOptions(tx, programme) };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, z.object({ id: z.uuid() }).and(teamFields), async (tx, { id, ...fields }) => {
			const { programme, round } = event.params;
			await make(tx, await permit(tx, makeTeam, round), id, fields);
			return `/p/${programme}/assessment/rounds/${round}/teams/${id}`;
		})
};
