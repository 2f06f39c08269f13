import type { Actions, PageServerLoad } from './$types.js';
import { draftPage } from '#modules/assessment/instruments/editor-page.server.ts';
import { statesOf } from '#modules/assessment/instruments/form-file-queries.server.ts';
import { editInstrument } from '#modules/assessment/permits.ts';
import { permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { namedFiles } from '#xforms/namedFiles.ts';
import { megabytes, putting, removing } from '../../../form-files.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { draft, problems, result, mayEdit } = await draftPage(tx, event.params.programme, event.params.draft, event.locals.locale);
		const files = result.ok ? await statesOf(tx, event.params.programme, { draftId: draft.id }, namedFiles(result.xml)) : null;
		return { draft, problems, files, mayEdit, megabytes };
	});

export const actions: Actions = {
	put: (event) => putting(event, (tx) => permit(tx, editInstrument, event.params.draft)),
	remove: (event) => removing(event, (tx) => permit(tx, editInstrument, event.params.draft))
};
