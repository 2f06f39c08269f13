import type { PageServerLoad } from './$types.js';
import { agreementReport } from '#modules/assessment/coding/agreement.server.ts';
import { listCodes } from '#modules/assessment/coding/queries.server.ts';
import { localText } from '#platform/locales.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		const { codes, ...report } = await agreementReport(tx, programmeId, await listCodes(tx, programmeId), null);
		return { report, rows: codes.map(({ code, kappa }) => ({ id: code.id, name: localText(code.name, event.locals.locale).text, colour: code.colour, kappa })) };
	});
