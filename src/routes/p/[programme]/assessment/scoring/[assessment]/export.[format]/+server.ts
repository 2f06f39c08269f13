import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { assessmentTables } from '#modules/assessment/scoring/export.server.ts';
import { localText } from '#platform/locales.ts';
import { reading } from '#platform/request.server.ts';
import { exportResponse } from '#platform/spreadsheet.server.ts';
import { stepUpBefore } from '../../../../../../exporting.server.ts';

/** What is open to who asks: her side's sheet, both when both are in, the signed result. */
export const GET: RequestHandler = async (event) => {
	const { programme, assessment, format } = event.params;
	if (format !== 'xlsx' && format !== 'csv') error(404);
	stepUpBefore(event, `/p/${programme}/assessment/scoring/${assessment}`);
	const { service, tables } = await reading(event, (tx) => assessmentTables(tx, programme, assessment, event.locals.locale));
	return exportResponse(format, localText(service, event.locals.locale).text, tables);
};
