import type { RequestHandler } from './$types.js';
import { sheetsOfVersion } from '#modules/assessment/instruments/draft-queries.server.ts';
import { xlsxResponse } from '#modules/assessment/instruments/export.server.ts';
import { personOf, reading } from '#platform/request.server.ts';

export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { workbook, formId, version } = await reading(event, (tx) => sheetsOfVersion(tx, event.params.programme, event.params.version));
	return xlsxResponse(workbook, `${formId}-${version}`);
};
