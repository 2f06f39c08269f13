import type { Actions, PageServerLoad } from './$types.js';
import { eraseSubmission as erase } from '#modules/assessment/fieldwork/erasure-commands.server.ts';
import { erasureAhead } from '#modules/assessment/fieldwork/erasure-queries.server.ts';
import { erasureFields } from '#modules/assessment/fieldwork/erasure.ts';
import { eraseSubmission } from '#modules/assessment/fieldwork/permits.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, demandStepUp, reading } from '#platform/request.server.ts';
import { needStepUp } from '../../../step-up.server.ts';

export const load: PageServerLoad = (event) => {
	needStepUp(event);
	return reading(event, async (tx) => {
		const { submission } = event.params;
		await permit(tx, eraseSubmission, submission);
		return { ahead: await erasureAhead(tx, submission), freshId: newId() };
	});
};

export const actions: Actions = {
	default: (event) =>
		acting(event, erasureFields, async (tx, fields) => {
			demandStepUp(event);
			const { programme, submission } = event.params;
			await erase(tx, await permit(tx, eraseSubmission, submission), fields);
			return `/p/${programme}/assessment/erasure?done=${fields.id}`;
		})
};
