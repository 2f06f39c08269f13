import type { Actions, PageServerLoad } from './$types.js';
import { startScoring } from '#modules/assessment/scoring/commands.server.ts';
import * as verbs from '#modules/assessment/scoring/permits.ts';
import { scoringVersions, scorerOptions, teamOptions } from '#modules/assessment/scoring/start-queries.server.ts';
import { startFields } from '#modules/assessment/scoring/scoring.ts';
import { listRounds } from '#modules/assessment/round-queries.server.ts';
import { organisationOptions } from '#modules/network/queries.server.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme } = event.params;
		const { locale } = event.locals;
		const rounds = (await listRounds(tx, programme)).filter(({ state }) => state !== 'draft');
		const asked = event.url.searchParams.get('round');
		const round = rounds.find(({ id }) => id === asked) ?? (rounds.length === 1 ? rounds[0] : undefined);
		const named = rounds.map(({ id, name }) => ({ id, name: localText(name, locale).text }));
		if (!round) return { rounds: named, round: null, services: [], versions: [], teams: [], scorers: [] };
		await permit(tx, verbs.startScoring, round.id);
		return {
			rounds: named,
			round: { id: round.id, name: localText(round.name, locale).text },
			services: (await organisationOptions(tx, programme)).map(({ id, name }) => ({ value: id, label: localText(name, locale).text })),
			versions: await scoringVersions(tx, programme, locale),
			teams: await teamOptions(tx, round.id),
			scorers: await scorerOptions(tx, programme, locale)
		};
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, startFields, async (tx, fields) => {
			const { programme } = event.params;
			const round = event.url.searchParams.get('round') ?? '';
			const id = await startScoring(tx, await permit(tx, verbs.startScoring, round), fields);
			return `/p/${programme}/assessment/scoring/${id}`;
		})
};
