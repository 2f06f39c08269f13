import type { RequestHandler } from './$types.js';
import { exportCoding } from '#modules/assessment/coding/permits.ts';
import { projectOf } from '#modules/assessment/coding/refi/exchange.server.ts';
import { refiResponse } from '#modules/assessment/coding/refi/file-response.ts';
import { writeProject } from '#modules/assessment/coding/refi/write.ts';
import { getProgramme } from '#modules/network/queries.server.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { stepUpBefore } from '../../../../../../exporting.server.ts';

export const GET: RequestHandler = async (event) => {
	const programmeId = event.params.programme;
	stepUpBefore(event, `/p/${programmeId}/assessment/interviews/exchange`);
	const project = await reading(event, async (tx) => {
		const may = await permit(tx, exportCoding, { programmeId });
		const { name } = await getProgramme(tx, programmeId);
		return projectOf(tx, may, localText(name, event.locals.locale).text, event.locals.locale);
	});
	return refiResponse(writeProject(project, 'Hamkor'), 'project.qdpx', 'application/zip');
};
