import type { RequestHandler } from './$types.js';
import { formFileResponse } from '#modules/assessment/collection/form-file-response.server.ts';
import { getDraft } from '#modules/assessment/instruments/draft-queries.server.ts';
import { filesOf } from '#modules/assessment/instruments/form-file-queries.server.ts';
import { personOf, reading } from '#platform/request.server.ts';

/** A file of a draft: for looking at, and for trying the form with it. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { programme, draft, name } = event.params;
	const files = await reading(event, async (tx) => filesOf(tx, { draftId: (await getDraft(tx, programme, draft)).id }));
	return formFileResponse(files, name, event.locals.locale);
};
