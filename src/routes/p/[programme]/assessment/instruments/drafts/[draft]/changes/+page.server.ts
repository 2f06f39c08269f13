import type { PageServerLoad } from './$types.js';
import { bookOf } from '#modules/assessment/instruments/book.ts';
import { differences } from '#modules/assessment/instruments/differences.ts';
import { getDraft, sheetsOfVersion } from '#modules/assessment/instruments/draft-queries.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, draft: id } = event.params;
		const { book, ...draft } = await getDraft(tx, programme, id);
		const base = draft.basedOnId === null ? null : await sheetsOfVersion(tx, programme, draft.basedOnId);
		return { draft, from: base?.version ?? null, changes: base === null ? null : differences(bookOf(base.workbook), book) };
	});
