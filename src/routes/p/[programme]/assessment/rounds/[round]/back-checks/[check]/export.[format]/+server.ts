import type { RequestHandler } from './$types.js';
import { getBackCheck } from '#modules/assessment/fieldwork/back-check-queries.server.ts';
import { instrumentText } from '#modules/assessment/figures/figure.ts';
import { exportSubmissions } from '#modules/assessment/permits.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { m } from '#paraglide/messages.js';
import { journal } from '#platform/journal.server.ts';
import { permit } from '#platform/permit.server.ts';
import { exporting } from '../../../../../../../../exporting.server.ts';

/** The comparison field by field, after a step-up and with a journal entry: these are answers. */
export const GET: RequestHandler = (event) => {
	const { programme, round, check: id, format } = event.params;
	const { locale } = event.locals;
	return exporting(event, format, `/p/${programme}/assessment/rounds/${round}/back-checks/${id}`, async (tx) => {
		const may = await permit(tx, exportSubmissions, round);
		const { instrument } = await roundInstrument(tx, programme, round);
		const { interviews } = await getBackCheck(tx, round, instrument, id);
		const rows = interviews.flatMap((row) => row.compared.map((each) => [row.receipt, row.team, instrumentText(each.question.labels, locale, instrument.defaultLanguage, each.question.name), each.first, each.second, each.same ? 0 : 1]));
		await journal(tx, may, { table: 'assessment.back_check', id, after: { exported: rows.length } });
		return { name: 'back-check', columns: [m.fieldwork_receipt(), m.fieldwork_team(), m.fieldwork_question(), m.fieldwork_first_answer(), m.fieldwork_second_answer(), m.fieldwork_differing()], rows };
	});
};
