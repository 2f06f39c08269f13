import type { Actions, PageServerLoad } from './$types.js';
import { startDraft } from '#modules/assessment/instruments/draft-commands.server.ts';
import { emptyBook, newDraftFields } from '#modules/assessment/instruments/draft.ts';
import { draftInstrument } from '#modules/assessment/permits.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		await permit(tx, draftInstrument, { programmeId: event.params.programme });
		return {};
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, newDraftFields, async (tx, { title, languages }) => {
			const { programme } = event.params;
			const may = await permit(tx, draftInstrument, { programmeId: programme });
			const id = await startDraft(tx, may, { title, book: emptyBook(localText(title, 'uz').text, languages), basedOnId: null });
			return `/p/${programme}/assessment/instruments/drafts/${id}`;
		})
};
