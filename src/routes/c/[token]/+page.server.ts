import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types.js';
import { fillingPage, standsByLink } from '#modules/assessment/collection/filling.server.ts';
import { findLink, refusal, roundRefusal } from '#modules/assessment/collection/link.server.ts';
import { problemText } from '#platform/problem-text.ts';

export const load: PageServerLoad = async ({ params, locals, setHeaders }) => {
	const { locale } = locals;
	const link = await findLink(params.token);
	const refused = refusal(link) ?? (link && roundRefusal(link));
	if (refused || !link) {
		const code = refused?.code ?? 'collection.link-unknown';
		error(refused?.status ?? 403, { message: problemText(code, refused?.facts ?? {}, locale), code });
	}
	// The address is a key: no cache on the way, and no trace in an index.
	setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' });
	return { page: await fillingPage(link, link.sensitive, link.title, standsByLink(params.token, locale), locale) };
};
