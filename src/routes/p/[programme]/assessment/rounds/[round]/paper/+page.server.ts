import type { PageServerLoad } from './$types.js';
import { paperPage } from '#modules/assessment/collection/paper.server.ts';
import { roundVersion } from '#modules/assessment/round-queries.server.ts';
import { reading } from '#platform/request.server.ts';

/** The round's form for printing, before it opens too: it is read aloud and agreed upon on paper. */
export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round } = event.params;
		const found = await roundVersion(tx, programme, round);
		return { page: await paperPage(found, event.url.searchParams.get('language'), event.locals.locale) };
	});
