import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { activeCodes, codeFields } from '#modules/assessment/coding/codebook.ts';
import { changeCode, mergeCode, retireCode } from '#modules/assessment/coding/codebook-commands.server.ts';
import { editCodebook } from '#modules/assessment/coding/permits.ts';
import { listCodes } from '#modules/assessment/coding/queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import { versionAt } from '#platform/record.server.ts';
import { acting, reading, seenIn } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		await permit(tx, editCodebook, { programmeId });
		const version = await versionAt(tx, { table: 'assessment.code', id: event.params.code });
		const codes = await listCodes(tx, programmeId);
		const code = codes.find((each) => each.id === event.params.code);
		if (!code) throw notFound();
		return { code, version, codes: activeCodes(codes).filter((each) => each.id !== code.id) };
	});

export const actions: Actions = {
	change: (event) =>
		acting(event, codeFields, async (tx, fields) => {
			const { programme, code } = event.params;
			await changeCode(tx, await permit(tx, editCodebook, { programmeId: programme }), code, fields, seenIn(event));
			return `/p/${programme}/assessment/interviews/codebook#c-${code}`;
		}),
	retire: (event) =>
		acting(event, z.object({ retired: z.enum(['yes', 'no']) }), async (tx, { retired }) => {
			const { programme, code } = event.params;
			await retireCode(tx, await permit(tx, editCodebook, { programmeId: programme }), code, retired === 'yes');
			return `/p/${programme}/assessment/interviews/codebook#c-${code}`;
		}),
	merge: (event) =>
		acting(event, z.object({ into: z.uuid() }), async (tx, { into }) => {
			const { programme, code } = event.params;
			await mergeCode(tx, await permit(tx, editCodebook, { programmeId: programme }), code, into);
			return `/p/${programme}/assessment/interviews/codebook#c-${into}`;
		})
};
