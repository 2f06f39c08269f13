import type { PageServerLoad } from './$types.js';
import { shipped, shippedFacts, shippedTitle } from '#modules/assessment/instruments/shipped/shipped.ts';
import { personOf } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) => {
	personOf(event);
	return { shipped: shipped.map((each) => ({ id: each.id, title: shippedTitle(each), ...shippedFacts(each) })) };
};
