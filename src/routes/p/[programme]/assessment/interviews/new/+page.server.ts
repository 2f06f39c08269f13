import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { storeInterview } from '#modules/assessment/coding/interview-commands.server.ts';
import { interviewFields } from '#modules/assessment/coding/interview.ts';
import { maskText } from '#modules/assessment/coding/masking/mask.ts';
import { proposeMasks } from '#modules/assessment/coding/masking/propose.ts';
import recall from '#modules/assessment/coding/masking/recall.json' with { type: 'json' };
import { readsInterviews, storeInterview as store } from '#modules/assessment/coding/permits.ts';
import { myRounds, placeNames } from '#modules/assessment/coding/queries.server.ts';
import { readInterviewFile } from '#modules/assessment/coding/read-file.server.ts';
import { groupsOf, strikeFields, strikesFrom } from '#modules/assessment/coding/taking.ts';
import { lengthOf, longestText, normaliseText } from '#modules/assessment/coding/text.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { pageOf } from '#platform/kept-forms.server.ts';
import { newId } from '#platform/ids.ts';
import { isLocale } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { problem, Problem } from '#platform/problem.ts';
import { formErrors, problemErrors } from '#platform/problem-text.ts';
import { acting, asking, formObject, reading, sentForm, typedValues } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) => {
	// The text that was sent comes back in the answer, before it is masked: nothing may keep it on the way.
	event.setHeaders({ 'cache-control': 'no-store' });
	return reading(event, async (tx) => {
		const programmeId = event.params.programme;
		return {
			places: await placeOptions(tx, programmeId, 'mahalla'),
			rounds: await myRounds(tx, programmeId),
			outside: await readsInterviews(tx, programmeId),
			newId: newId()
		};
	});
};

const sent = interviewFields.extend({ text: z.string().max(longestText * 4).default(''), file: z.union([z.instanceof(File), z.string()]).optional() });

/** The text as it will be shown and masked: pasted, or read from the file, in the memory of this request alone. */
async function textOf({ text, file }: { text: string; file?: File | string | undefined }): Promise<{ text: string; from: string }> {
	const read = file instanceof File && file.size > 0 ? await readInterviewFile(new Uint8Array(await file.arrayBuffer())) : { text, from: 'paste' };
	const ready = normaliseText(read.text);
	if (ready === '') throw problem('interview.empty', 400, {}, 'text');
	if (lengthOf(ready) > longestText) throw problem('interview.too-long', 413, { most: longestText }, 'text');
	return { text: ready, from: read.from };
}

/** What the measurement says of a language; null where none was made. */
const recallOf = (language: string) => (isLocale(language) ? recall[language].held : null);

export const actions: Actions = {
	/** Reads the text and proposes what to strike. Stores nothing: the text goes back in the page, and comes again with the decisions. */
	read: async (event) => {
		const form = await sentForm(event);
		const asked = formObject(form);
		const parsed = sent.safeParse(asked);
		const values = typedValues(form, pageOf(event.url.pathname));
		const { locale } = event.locals;
		if (!parsed.success) return fail(400, { errors: formErrors(parsed.error, locale, asked), values });
		try {
			const { text, from } = await textOf(parsed.data);
			const { roundId } = parsed.data;
			const programmeId = event.params.programme;
			const places = await asking(event, async (tx) => {
				await permit(tx, store, { programmeId, roundId });
				return placeNames(tx, programmeId);
			});
			const proposals = proposeMasks(text, places);
			return { masking: { text, from, groups: groupsOf(text, proposals), recall: recallOf(parsed.data.language) }, values, errors: [] };
		} catch (thrown) {
			if (!(thrown instanceof Problem)) throw thrown;
			return fail(thrown.status, { errors: problemErrors(thrown, locale), values });
		}
	},
	store: (event) =>
		acting(event, sent.and(strikeFields).and(z.object({ id: z.uuid() })), async (tx, { text, file: _, id, strike, span, words, ...facts }) => {
			const programmeId = event.params.programme;
			const may = await permit(tx, store, { programmeId, roundId: facts.roundId });
			// The same text as was shown: normalising it again changes nothing.
			const ready = normaliseText(text);
			const masked = maskText(ready, strikesFrom(ready, await placeNames(tx, programmeId), { strike, span, words }), facts.language);
			const made = await storeInterview(tx, may, { facts: interviewFields.parse(facts), body: masked.text, struck: masked.struck }, id);
			return `/p/${programmeId}/assessment/interviews/${made}`;
		})
};
