import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { checkBook, getDraft } from '#modules/assessment/instruments/draft-queries.server.ts';
import { problemText } from '#platform/problem-text.ts';
import { downloadHeaders } from '#platform/files.server.ts';
import { personOf, reading } from '#platform/request.server.ts';

/** The XForm that a draft would become, for trying it. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { book } = await reading(event, (tx) => getDraft(tx, event.params.programme, event.params.draft));
	const result = await checkBook(book);
	const { locale, requestId } = event.locals;
	if (!result.ok) error(409, { message: problemText('draft.not-ready', {}, locale), code: 'draft.not-ready', requestId });
	return new Response(result.xml, { headers: downloadHeaders({ name: 'draft.xml', mediaType: 'application/xml' }) });
};
