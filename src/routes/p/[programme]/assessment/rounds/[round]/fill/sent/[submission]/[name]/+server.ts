import type { RequestHandler } from './$types.js';
import { formFileResponse } from '#modules/assessment/collection/form-file-response.server.ts';
import { filesReopened } from '#modules/assessment/collection/sent.server.ts';
import { personOf, reading } from '#platform/request.server.ts';

/** A file of answers that go back to who sent them. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { submission, name } = event.params;
	return formFileResponse(await reading(event, (tx) => filesReopened(tx, submission)), name, event.locals.locale);
};
