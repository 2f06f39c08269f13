import type { RequestHandler } from './$types.js';
import { placeTable } from '#modules/network/exports.server.ts';
import { exporting } from '../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const { programme, format } = event.params;
	return exporting(event, format, `/p/${programme}/network/places`, (tx) => placeTable(tx, programme));
};
