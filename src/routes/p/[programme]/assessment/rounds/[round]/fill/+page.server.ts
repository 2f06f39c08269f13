import type { PageServerLoad } from './$types.js';
import { fillingPage, roundForPerson, standsByRound } from '#modules/assessment/collection/filling.server.ts';
import { personOf, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = async (event) => {
	personOf(event);
	const { programme, round } = event.params;
	const found = await reading(event, (tx) => roundForPerson(tx, programme, round));
	const { locale } = event.locals;
	return { page: await fillingPage(found, found.sensitive, found.title, standsByRound(found, locale), locale) };
};
