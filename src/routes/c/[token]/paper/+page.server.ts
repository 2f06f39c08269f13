import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types.js';
import { findLink, refusal, roundRefusal } from '#modules/assessment/collection/link.server.ts';
import { paperPage } from '#modules/assessment/collection/paper.server.ts';
import { problemText } from '#platform/problem-text.ts';

/** The form behind a link, for printing: on paper where there is no phone, or none that is safe. */
export const load: PageServerLoad = async ({ params, locals, setHeaders, url }) => {
	const { locale } = locals;
	const link = await findLink(params.token);
	const refused = refusal(link) ?? (link && roundRefusal(link));
	if (refused || !link) {
		const code = refused?.code ?? 'collection.link-unknown';
		error(refused?.status ?? 403, { message: problemText(code, refused?.facts ?? {}, locale), code });
	}
	setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' });
	return { page: await paperPage(link, url.searchParams.get('language'), locale) };
};
