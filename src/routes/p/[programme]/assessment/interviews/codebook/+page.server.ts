import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { treeOf } from '#modules/assessment/coding/codebook.ts';
import { shiftCode } from '#modules/assessment/coding/codebook-commands.server.ts';
import { editCodebook } from '#modules/assessment/coding/permits.ts';
import { codebookHistory, codeUse, listCodes } from '#modules/assessment/coding/queries.server.ts';
import { changesSchema, type Change } from '#modules/assessment/coding/steps.ts';
import { stepBack, stepsLeft } from '#modules/assessment/coding/steps.server.ts';
import { localText, type Locale } from '#platform/locales.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		const use = await codeUse(tx, programmeId);
		const history = await codebookHistory(tx, programmeId, 50);
		return {
			codes: treeOf(await listCodes(tx, programmeId)).map((code) => ({ ...code, use: use.get(code.id) ?? 0 })),
			history: history.map(({ changes, ...step }) => ({ ...step, names: namesIn(changesSchema.parse(changes), event.locals.locale) })),
			mayEdit: await mayI(tx, editCodebook, { programmeId }),
			...(await stepsLeft(tx, { programmeId, codingId: null }))
		};
	});

/** What a step was about: at most eight names of codes. */
const namesIn = (changes: readonly Change[], locale: Locale): string[] =>
	changes.slice(0, 8).flatMap((change) => (change.table === 'code' ? [localText((change.after ?? change.before)?.name ?? {}, locale).text] : []));

export const actions: Actions = {
	shift: (event) =>
		acting(event, z.object({ code: z.uuid(), by: z.enum(['up', 'down']) }), async (tx, { code, by }) => {
			const programmeId = event.params.programme;
			await shiftCode(tx, await permit(tx, editCodebook, { programmeId }), code, by === 'up' ? -1 : 1);
			return `/p/${programmeId}/assessment/interviews/codebook`;
		}),
	step: (event) =>
		acting(event, z.object({ step: z.enum(['undo', 'redo']) }), async (tx, { step }) => {
			const programmeId = event.params.programme;
			await stepBack(tx, await permit(tx, editCodebook, { programmeId }), { programmeId, codingId: null }, step === 'undo' ? -1 : 1);
			return `/p/${programmeId}/assessment/interviews/codebook`;
		})
};
