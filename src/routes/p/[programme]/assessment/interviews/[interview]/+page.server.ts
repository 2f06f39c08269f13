import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { readAs } from '#modules/assessment/coding/codebook.ts';
import { finishCoding, startAgreed, startCoding } from '#modules/assessment/coding/coding-commands.server.ts';
import * as verbs from '#modules/assessment/coding/permits.ts';
import { getInterview, interviewAnalysts, listCodes } from '#modules/assessment/coding/queries.server.ts';
import { getRound } from '#modules/assessment/round-queries.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, interview: id } = event.params;
		const page = await getInterview(tx, programme, id);
		const { roundId } = page.interview;
		const readers = roundId === null ? await interviewAnalysts(tx, programme) : (await getRound(tx, programme, roundId)).analysts;
		return {
			...page,
			codes: await listCodes(tx, programme),
			readers: readers.map(({ displayName }) => displayName),
			mayEdit: await mayI(tx, verbs.editInterview, id)
		};
	});

const codingId = z.object({ coding: z.uuid() });

export const actions: Actions = {
	start: (event) =>
		acting(event, z.object({}), async (tx) => {
			const { programme, interview } = event.params;
			const id = await startCoding(tx, await permit(tx, verbs.startCoding, interview));
			return `/p/${programme}/assessment/interviews/${interview}/code/${id}`;
		}),
	agree: (event) =>
		acting(event, z.object({}), async (tx) => {
			const { programme, interview } = event.params;
			await startAgreed(tx, await permit(tx, verbs.agreeCoding, interview), readAs(await listCodes(tx, programme)));
			return `/p/${programme}/assessment/interviews/${interview}/compare`;
		}),
	done: (event) =>
		acting(event, codingId, async (tx, { coding }) => {
			const { programme, interview } = event.params;
			await finishCoding(tx, await permit(tx, verbs.finishCoding, coding), true);
			return `/p/${programme}/assessment/interviews/${interview}`;
		}),
	again: (event) =>
		acting(event, codingId, async (tx, { coding }) => {
			const { programme, interview } = event.params;
			await finishCoding(tx, await permit(tx, verbs.finishCoding, coding), false);
			return `/p/${programme}/assessment/interviews/${interview}`;
		})
};
