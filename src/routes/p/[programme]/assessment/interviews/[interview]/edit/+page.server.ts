import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { editInterview, eraseInterview, strikeMore } from '#modules/assessment/coding/interview-commands.server.ts';
import { interviewFields } from '#modules/assessment/coding/interview.ts';
import * as verbs from '#modules/assessment/coding/permits.ts';
import { getInterview } from '#modules/assessment/coding/queries.server.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { codeOf } from '#platform/codes.ts';
import { versionAt } from '#platform/record.server.ts';
import { acting, reading, seenIn } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, interview: id } = event.params;
		await permit(tx, verbs.editInterview, id);
		const version = await versionAt(tx, { table: 'assessment.interview', id });
		const { interview } = await getInterview(tx, programme, id);
		return { interview, version, places: await placeOptions(tx, programme, 'mahalla') };
	});

export const actions: Actions = {
	facts: (event) =>
		acting(event, interviewFields.omit({ roundId: true, language: true }), async (tx, facts) => {
			const { programme, interview } = event.params;
			await editInterview(tx, await permit(tx, verbs.editInterview, interview), facts, seenIn(event));
			return `/p/${programme}/assessment/interviews/${interview}`;
		}),
	strike: (event) =>
		acting(event, z.object({ words: z.string().trim().min(2).max(200) }), async (tx, { words }) => {
			const { programme, interview } = event.params;
			await strikeMore(tx, await permit(tx, verbs.strikeInterview, interview), { words });
			return `/p/${programme}/assessment/interviews/${interview}`;
		}),
	erase: (event) =>
		acting(event, z.object({ confirm_name: z.string().trim() }), async (tx, { confirm_name }) => {
			const { programme, interview: id } = event.params;
			const { interview } = await getInterview(tx, programme, id);
			if (confirm_name !== codeOf('interview', interview.number)) throw problem('interview.name-wrong', 400, {}, 'confirm_name');
			await eraseInterview(tx, await permit(tx, verbs.eraseInterview, id), 'asked');
			return `/p/${programme}/assessment/interviews/${id}`;
		})
};
