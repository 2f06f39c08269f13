import type { RequestHandler } from './$types.js';
import { matrixFor } from '#modules/assessment/coding/matrix.server.ts';
import { exportCoding } from '#modules/assessment/coding/permits.ts';
import { noteExport } from '#modules/assessment/coding/retrieval.server.ts';
import { m } from '#paraglide/messages.js';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { exporting } from '../../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const programmeId = event.params.programme;
	return exporting(event, event.params.format, `/p/${programmeId}/assessment/interviews/matrix`, async (tx) => {
		const may = await permit(tx, exportCoding, { programmeId });
		const matrix = await matrixFor(tx, programmeId, event.url.searchParams.get('by') === 'type' ? 'type' : 'place', event.locals.locale);
		await noteExport(tx, may, 'matrix', matrix.rows.length);
		const heads = [...matrix.columns.map(({ label }) => label), m.coding_sum()];
		return {
			name: m.coding_matrix(),
			columns: [m.coding_code(), ...heads.flatMap((label) => [`${label}: ${m.coding_interviews()}`, `${label}: ${m.coding_passages()}`])],
			rows: matrix.rows.map((row) => [localText(row.code.name, event.locals.locale).text, ...[...row.cells, row].flatMap(({ interviews, segments }) => [interviews, segments])])
		};
	});
};
