import type { RequestHandler } from './$types.js';
import { exportCoding } from '#modules/assessment/coding/permits.ts';
import { listCodes } from '#modules/assessment/coding/queries.server.ts';
import { refiCodes } from '#modules/assessment/coding/refi/exchange.server.ts';
import { refiResponse } from '#modules/assessment/coding/refi/file-response.ts';
import { writeCodebook } from '#modules/assessment/coding/refi/write.ts';
import { permit } from '#platform/permit.server.ts';
import { personOf } from '#platform/request.server.ts';
import { inProgramme } from '../../../../../../exporting.server.ts';

export const GET: RequestHandler = async (event) => {
	const programmeId = event.params.programme;
	personOf(event);
	const codes = await inProgramme(event, async (tx) => {
		await permit(tx, exportCoding, { programmeId });
		return listCodes(tx, programmeId);
	});
	return refiResponse(writeCodebook(refiCodes(codes, event.locals.locale), 'Hamkor'), 'codebook.qdc', 'application/xml');
};
