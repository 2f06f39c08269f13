import type { RequestHandler } from './$types.js';
import { workbookOf } from '#modules/assessment/instruments/book.ts';
import { getDraft } from '#modules/assessment/instruments/draft-queries.server.ts';
import { xlsxResponse } from '#modules/assessment/instruments/export.server.ts';
import { settingsOf } from '#modules/assessment/instruments/outline.ts';
import { personOf, reading } from '#platform/request.server.ts';

export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { book } = await reading(event, (tx) => getDraft(tx, event.params.programme, event.params.draft));
	return xlsxResponse(workbookOf(book), settingsOf(book)['id_string'] ?? 'form');
};
