import type { PageServerLoad } from './$types.js';
import { agreementReport } from '#modules/assessment/coding/agreement.server.ts';
import { pairFrom } from '#modules/assessment/coding/agreement.ts';
import { agreementShown } from '#modules/assessment/coding/agreement-shown.ts';
import { listCodes } from '#modules/assessment/coding/queries.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		const report = await agreementReport(tx, programmeId, await listCodes(tx, programmeId), null, pairFrom(event.url.searchParams.get('pair')));
		return agreementShown(report, event.locals.locale);
	});
