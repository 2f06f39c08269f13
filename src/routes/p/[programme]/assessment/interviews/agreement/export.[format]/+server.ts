import type { RequestHandler } from './$types.js';
import { agreementReport } from '#modules/assessment/coding/agreement.server.ts';
import { pairFrom } from '#modules/assessment/coding/agreement.ts';
import { exportCoding } from '#modules/assessment/coding/permits.ts';
import { listCodes } from '#modules/assessment/coding/queries.server.ts';
import { noteExport } from '#modules/assessment/coding/retrieval.server.ts';
import { m } from '#paraglide/messages.js';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { exporting } from '../../../../../../exporting.server.ts';

export const GET: RequestHandler = (event) => {
	const programmeId = event.params.programme;
	return exporting(event, event.params.format, `/p/${programmeId}/assessment/interviews/agreement`, async (tx) => {
		const may = await permit(tx, exportCoding, { programmeId });
		const { codes, pooled } = await agreementReport(tx, programmeId, await listCodes(tx, programmeId), null, pairFrom(event.url.searchParams.get('pair')));
		await noteExport(tx, may, 'agreement', codes.length);
		const rows = codes.map(({ code, kappa }) => [localText(code.name, event.locals.locale).text, kappa.kappa, kappa.agreed, kappa.both, kappa.first, kappa.second, kappa.neither]);
		return {
			name: m.coding_agreement(),
			columns: [m.coding_code(), m.coding_kappa(), m.coding_agreed_share(), m.coding_both(), m.coding_only_first(), m.coding_only_second(), m.coding_neither()],
			rows: [...rows, [m.coding_pooled(), pooled, null, null, null, null, null]]
		};
	});
};
