import type { RequestHandler } from './$types.js';
import { entityTable } from '#modules/assessment/entities/entity-queries.server.ts';
import { exporting } from '../../../../../../exporting.server.ts';

/** The list with all its columns: the file can be changed and brought back. */
export const GET: RequestHandler = (event) => {
	const { programme, list, format } = event.params;
	return exporting(event, format, `/p/${programme}/assessment/lists/${list}`, (tx) => entityTable(tx, programme, list));
};
