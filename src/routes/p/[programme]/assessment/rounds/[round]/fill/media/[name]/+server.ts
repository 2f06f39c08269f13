import type { RequestHandler } from './$types.js';
import { formFileResponse } from '#modules/assessment/collection/form-file-response.server.ts';
import { filesForCollecting } from '#modules/assessment/collection/form-files.server.ts';
import { roundForPerson } from '#modules/assessment/collection/filling.server.ts';
import { personOf, reading } from '#platform/request.server.ts';

/** A file of the form of a round into which the signed-in person may send. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { programme, round, name } = event.params;
	const { versionId } = await reading(event, (tx) => roundForPerson(tx, programme, round));
	return formFileResponse(await filesForCollecting(versionId), name, event.locals.locale);
};
