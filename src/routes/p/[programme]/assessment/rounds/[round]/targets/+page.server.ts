import type { Actions, PageServerLoad } from './$types.js';
import { setTargets as verb } from '#modules/assessment/fieldwork/permits.ts';
import { setTargets } from '#modules/assessment/fieldwork/target-commands.server.ts';
import { targetGround } from '#modules/assessment/fieldwork/target-queries.server.ts';
import { targetCells, targetsFields } from '#modules/assessment/fieldwork/target.ts';
import { localText } from '#platform/locales.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { fold } from '#platform/search-fold.ts';

/** Places on one page of the table: their cells are all sent with the form. */
const pageSize = 50;

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round } = event.params;
		const { locale } = event.locals;
		const { places, choices, question, there } = await targetGround(tx, programme, round, locale);
		const { searchParams } = event.url;
		const search = (searchParams.get('q') ?? '').trim().slice(0, 100);
		const found = search === '' ? places : places.filter((place) => Object.values(place.name).some((name) => fold(name).includes(fold(search))));
		const page = Math.max(1, Number(searchParams.get('page') ?? '1') || 1);
		const values = new Map(there.map((each) => [`${each.placeId}|${each.choice}`, each.target]));
		return {
			question,
			choices: choices.map((choice) => choice.label),
			search,
			page,
			pages: Math.max(1, Math.ceil(found.length / pageSize)),
			total: places.length,
			rows: found.slice((page - 1) * pageSize, page * pageSize).map((place) => ({
				id: place.id,
				depth: place.path.split('.').length,
				name: localText(place.name, locale).text,
				targets: ['', ...choices.map((choice) => choice.name)].map((choice) => values.get(`${place.id}|${choice}`) ?? null)
			})),
			sum: there.reduce((sum, each) => sum + each.target, 0),
			edits: await mayI(tx, verb, round)
		};
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, targetsFields, async (tx, typed) => {
			const { programme, round } = event.params;
			const may = await permit(tx, verb, round);
			const { choices } = await targetGround(tx, programme, round, event.locals.locale);
			await setTargets(tx, may, targetCells(typed, choices));
			const { search } = event.url;
			return `/p/${programme}/assessment/rounds/${round}/targets${search}`;
		})
};
