import type { Actions, PageServerLoad } from './$types.js';
import { nameInterviewAnalysts } from '#modules/assessment/coding/interview-commands.server.ts';
import { nameInterviewAnalysts as name } from '#modules/assessment/coding/permits.ts';
import { interviewAnalysts } from '#modules/assessment/coding/queries.server.ts';
import { evidenceReaders } from '#modules/assessment/permits.ts';
import { analystsFields } from '#modules/assessment/round.ts';
import { whoCanSee } from '#modules/network/queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme } = event.params;
		await permit(tx, name, { programmeId: programme });
		const people = new Map((await whoCanSee(tx, evidenceReaders, programme, null)).map((each) => [each.personId, each.displayName]));
		return { people: [...people].map(([value, label]) => ({ value, label })), named: (await interviewAnalysts(tx, programme)).map(({ id }) => id) };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, analystsFields, async (tx, { analysts }) => {
			const { programme } = event.params;
			await nameInterviewAnalysts(tx, await permit(tx, name, { programmeId: programme }), analysts);
			return `/p/${programme}/assessment/interviews`;
		})
};
