import type { RequestHandler } from './$types.js';
import { roundVersion } from '#modules/assessment/round-queries.server.ts';
import { listAssessments } from '#modules/assessment/scoring/queries.server.ts';
import { assessmentColumns } from '#modules/assessment/scoring/ui/words.ts';
import { m } from '#paraglide/messages.js';
import { exporting } from '../../../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const { programme, round, format } = event.params;
	return exporting(event, format, `/p/${programme}/assessment/scoring/rounds/${round}`, async (tx) => {
		const columns = assessmentColumns(event.locals.locale);
		await roundVersion(tx, programme, round);
		const rows = await listAssessments(tx, programme, round);
		return { name: m.scoring_title(), columns: columns.map((column) => column.label), rows: rows.map((row) => columns.map((column) => column.text(row))) };
	});
};
