import type { RequestHandler } from './$types.js';
import { placeTemplate } from '#modules/network/exports.server.ts';
import { personOf } from '#platform/request.server.ts';
import { exportResponse } from '#platform/spreadsheet.server.ts';

export const GET: RequestHandler = (event) => {
	personOf(event);
	return exportResponse('csv', 'places-template', [placeTemplate]);
};
