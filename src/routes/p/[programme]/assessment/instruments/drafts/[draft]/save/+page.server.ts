import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { bookOf, workbookOf } from '#modules/assessment/instruments/book.ts';
import { withVersion } from '#modules/assessment/instruments/check.ts';
import { differences } from '#modules/assessment/instruments/differences.ts';
import { saveVersion } from '#modules/assessment/instruments/draft-commands.server.ts';
import { getDraft, sheetsOfVersion, versionsTaken } from '#modules/assessment/instruments/draft-queries.server.ts';
import { nextVersion, versionSchema } from '#modules/assessment/instruments/draft.ts';
import { draftPage } from '#modules/assessment/instruments/editor-page.server.ts';
import { checkSheets } from '#modules/assessment/instruments/xlsform.server.ts';
import { warningsSaid } from '#modules/assessment/instruments/xlsform-problems.ts';
import { saveInstrumentVersion } from '#modules/assessment/permits.ts';
import { permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, draft: id } = event.params;
		const { draft, book, result, problems, mayEdit } = await draftPage(tx, programme, id, event.locals.locale);
		const base = draft.basedOnId === null ? null : await sheetsOfVersion(tx, programme, draft.basedOnId);
		const taken = result.ok ? await versionsTaken(tx, programme, result.model.formId) : [];
		return {
			draft,
			problems,
			mayEdit,
			version: nextVersion(new Date().toISOString().slice(0, 10), taken),
			ready: result.ok ? { model: result.model, warnings: warningsSaid(result.warnings, event.locals.locale), identifying: result.identifying } : null,
			changes: base === null ? null : differences(bookOf(base.workbook), book)
		};
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, z.object({ version: versionSchema, revision: z.coerce.number().int() }), async (tx, { version, revision }) => {
			const { programme, draft } = event.params;
			const may = await permit(tx, saveInstrumentVersion, draft);
			const { book } = await getDraft(tx, programme, draft);
			const result = await checkSheets(withVersion(workbookOf(book), version), 'form');
			if (!result.ok) throw problem('draft.not-ready', 409);
			const { instrumentId } = await saveVersion(tx, may, result, revision);
			return `/p/${programme}/assessment/instruments/${instrumentId}`;
		})
};
