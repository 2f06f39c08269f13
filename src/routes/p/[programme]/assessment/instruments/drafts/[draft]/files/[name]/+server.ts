import type { RequestHandler } from './$types.js';
import { formFileResponse } from '#modules/assessment/collection/form-file-response.server.ts';
import { checkBook, getDraft } from '#modules/assessment/instruments/draft-queries.server.ts';
import { draftFiles } from '#modules/assessment/instruments/form-file-queries.server.ts';
import { personOf, reading } from '#platform/request.server.ts';

/** A file of a draft: for looking at, and for trying the form with it. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { programme, draft, name } = event.params;
	const files = await reading(event, async (tx) => {
		const { id, book } = await getDraft(tx, programme, draft);
		const result = await checkBook(book);
		return draftFiles(tx, programme, id, result.ok ? result.xml : '<none/>');
	});
	return formFileResponse(files, name, event.locals.locale);
};
