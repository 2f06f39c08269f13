import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { isConsent, quotableLevels } from '#modules/assessment/coding/interview.ts';
import { quoteSegment as quote } from '#modules/assessment/coding/permits.ts';
import { getInterview } from '#modules/assessment/coding/queries.server.ts';
import { quoteSegment } from '#modules/assessment/coding/quote-commands.server.ts';
import { wordsAt } from '#modules/assessment/coding/text.ts';
import { consentLevels } from '#modules/assessment/evidence.ts';
import { localTextOf } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, interview: id, segment: segmentId } = event.params;
		await permit(tx, quote, segmentId);
		const { interview, language, segments } = await getInterview(tx, programme, id);
		const segment = segments.find((each) => each.id === segmentId);
		if (!segment || !isConsent(interview.consentLevel)) throw notFound();
		return {
			interview: { id, number: interview.number, kind: interview.kind, consentLevel: interview.consentLevel },
			lang: language.lang,
			words: wordsAt(interview.body, segment),
			levels: quotableLevels(interview.consentLevel),
			named: interview.consentLevel === 'role'
		};
	});

const fields = z.object({ consentLevel: z.enum(consentLevels), spokenBy: localTextOf(150).optional() });

export const actions: Actions = {
	default: (event) =>
		acting(event, fields, async (tx, { consentLevel, spokenBy }) => {
			const { programme, segment, interview: id } = event.params;
			const { interview } = await getInterview(tx, programme, id);
			if (interview.consentLevel === 'role' && !spokenBy) throw problem('field-missing', 400, {}, 'spokenBy');
			const made = await quoteSegment(tx, await permit(tx, quote, segment), { consentLevel, spokenBy: spokenBy ?? {} });
			return `/p/${programme}/assessment/quotations/${made}`;
		})
};
