import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { bookOf } from '#modules/assessment/instruments/book.ts';
import { startDraft } from '#modules/assessment/instruments/draft-commands.server.ts';
import { sheetsOfVersion } from '#modules/assessment/instruments/draft-queries.server.ts';
import { versionFiles } from '#modules/assessment/instruments/form-file-queries.server.ts';
import { missingOf } from '#modules/assessment/instruments/form-file.ts';
import { getInstrument } from '#modules/assessment/instruments/queries.server.ts';
import { warningsSaid } from '#modules/assessment/instruments/xlsform-problems.ts';
import { draftInstrument } from '#modules/assessment/permits.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		const page = await getInstrument(tx, programmeId, event.params.instrument);
		const [newest] = page.versions;
		const files = newest ? (await versionFiles(tx, programmeId, newest.id)).files : [];
		return { ...page, warnings: warningsSaid(newest?.warnings ?? [], event.locals.locale), files, missing: missingOf(files), mayDraft: await mayI(tx, draftInstrument, { programmeId }) };
	});

export const actions: Actions = {
	draft: (event) =>
		acting(event, z.object({ version: z.uuid() }), async (tx, { version }) => {
			const { programme } = event.params;
			const may = await permit(tx, draftInstrument, { programmeId: programme });
			const { workbook, title } = await sheetsOfVersion(tx, programme, version);
			const id = await startDraft(tx, may, { title, book: bookOf(workbook), basedOnId: version });
			return `/p/${programme}/assessment/instruments/drafts/${id}`;
		})
};
