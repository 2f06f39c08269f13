import type { PageServerLoad } from './$types.js';
import { fillingPage, roundForPerson } from '#modules/assessment/collection/filling.server.ts';
import { personOf, reading } from '#platform/request.server.ts';
import { localizeHref } from '#paraglide/runtime.js';

export const load: PageServerLoad = async (event) => {
	personOf(event);
	const { programme, round } = event.params;
	const found = await reading(event, (tx) => roundForPerson(tx, programme, round));
	const action = localizeHref(`/p/${programme}/assessment/rounds/${round}/fill/submission`);
	return { page: await fillingPage(found, found.sensitive, found.title, action, event.locals.locale) };
};
