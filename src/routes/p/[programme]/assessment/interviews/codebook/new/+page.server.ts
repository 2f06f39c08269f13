import type { Actions, PageServerLoad } from './$types.js';
import { activeCodes, codeFields } from '#modules/assessment/coding/codebook.ts';
import { addCode } from '#modules/assessment/coding/codebook-commands.server.ts';
import { editCodebook } from '#modules/assessment/coding/permits.ts';
import { listCodes } from '#modules/assessment/coding/queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		await permit(tx, editCodebook, { programmeId });
		const codes = await listCodes(tx, programmeId);
		return { codes: activeCodes(codes), colour: codes.length % 12 };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, codeFields, async (tx, fields) => {
			const programmeId = event.params.programme;
			const id = await addCode(tx, await permit(tx, editCodebook, { programmeId }), fields);
			return `/p/${programmeId}/assessment/interviews/codebook#c-${id}`;
		})
};
