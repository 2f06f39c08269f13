import type { PageServerLoad } from './$types.js';
import { mostSent, sentByMe } from '#modules/assessment/collection/sent.server.ts';
import { localText } from '#platform/locales.ts';
import { personOf, reading } from '#platform/request.server.ts';

/** What the signed-in person sent in their own name, and what a review says of it. */
export const load: PageServerLoad = (event) => {
	personOf(event);
	const { locale } = event.locals;
	event.setHeaders({ 'cache-control': 'private, no-store' });
	return reading(event, async (tx) => ({
		most: mostSent,
		sent: (await sentByMe(tx)).map(({ title, round, ...each }) => ({ ...each, title: localText(title, locale).text, round: localText(round, locale).text }))
	}));
};
