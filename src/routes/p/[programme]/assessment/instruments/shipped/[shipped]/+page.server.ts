import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { bookOf } from '#modules/assessment/instruments/book.ts';
import { checkWorkbook } from '#modules/assessment/instruments/check.ts';
import { startDraft } from '#modules/assessment/instruments/draft-commands.server.ts';
import { shippedById, shippedTitle, shippedWorkbook } from '#modules/assessment/instruments/shipped/shipped.ts';
import { draftInstrument } from '#modules/assessment/permits.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import { acting, personOf, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) => {
	personOf(event);
	return reading(event, async (tx) => {
		const found = shippedById(event.params.shipped);
		const result = found && checkWorkbook(shippedWorkbook(found), found.id);
		if (!found || !result?.ok) throw notFound();
		const { languages, questions } = result.model;
		const asked = event.url.searchParams.get('language') ?? event.locals.locale.split('-')[0];
		const language = languages.find(({ key }) => key === asked)?.key ?? 'uz';
		return { id: found.id, title: shippedTitle(found), languages: languages.map(({ key, name }) => ({ value: key, label: name })), language, questions, mayDraft: await mayI(tx, draftInstrument, { programmeId: event.params.programme }) };
	});
};

export const actions: Actions = {
	start: (event) =>
		acting(event, z.object({}), async (tx) => {
			const { programme, shipped } = event.params;
			const may = await permit(tx, draftInstrument, { programmeId: programme });
			const found = shippedById(shipped);
			if (!found) throw notFound();
			const id = await startDraft(tx, may, { title: shippedTitle(found), book: bookOf(shippedWorkbook(found)), basedOnId: null });
			return `/p/${programme}/assessment/instruments/drafts/${id}`;
		})
};
