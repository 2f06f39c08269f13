import type { RequestHandler } from './$types.js';
import { filterFrom } from '#modules/assessment/coding/filter.ts';
import { exportCoding } from '#modules/assessment/coding/permits.ts';
import { listCodes } from '#modules/assessment/coding/queries.server.ts';
import { findSegments, noteExport } from '#modules/assessment/coding/retrieval.server.ts';
import { passageColumns } from '#modules/assessment/coding/ui/passage-columns.ts';
import { m } from '#paraglide/messages.js';
import { permit } from '#platform/permit.server.ts';
import { exporting } from '../../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const programmeId = event.params.programme;
	return exporting(event, event.params.format, `/p/${programmeId}/assessment/interviews/passages`, async (tx) => {
		const may = await permit(tx, exportCoding, { programmeId });
		const codes = await listCodes(tx, programmeId);
		const filter = filterFrom(event.url);
		const rows = await findSegments(tx, programmeId, codes, filter);
		const columns = passageColumns(codes, event.locals.locale);
		await noteExport(tx, may, 'passages', rows.length, filter);
		return { name: m.coding_passages(), columns: columns.map(({ label }) => label), rows: rows.map((row) => columns.map((column) => column.text(row))) };
	});
};
