import type { PageServerLoad } from './$types.js';
import { draftPage } from '#modules/assessment/instruments/editor-page.server.ts';
import { filesToTry } from '#modules/assessment/instruments/form-file-queries.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { draft, problems, result } = await draftPage(tx, event.params.programme, event.params.draft, event.locals.locale);
		return { draft, problems, ready: result.ok, files: result.ok ? await filesToTry(tx, event.params.programme, draft.id, result.xml) : [] };
	});
