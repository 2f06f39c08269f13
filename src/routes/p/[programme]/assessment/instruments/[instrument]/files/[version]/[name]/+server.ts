import type { RequestHandler } from './$types.js';
import { formFileResponse } from '#modules/assessment/collection/form-file-response.server.ts';
import { filesOf } from '#modules/assessment/instruments/form-file-queries.server.ts';
import { getXForm } from '#modules/assessment/instruments/queries.server.ts';
import { personOf, reading } from '#platform/request.server.ts';

/** A file of a version, for looking at. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { programme, version: versionId, name } = event.params;
	const files = await reading(event, async (tx) => {
		await getXForm(tx, programme, versionId);
		return (await filesOf(tx, { versionId })).map(({ sha256, ...file }) => ({ ...file, content: { sha256 } }));
	});
	return formFileResponse(files, name, event.locals.locale);
};
