import type { Actions, PageServerLoad } from './$types.js';
import { stateSampling } from '#modules/assessment/figures/commands.server.ts';
import { designs, samplingFields } from '#modules/assessment/figures/sampling.ts';
import { designWords } from '#modules/assessment/figures/words.ts';
import { stateSampling as state } from '#modules/assessment/permits.ts';
import { permit } from '#platform/permit.server.ts';
import { versionAt } from '#platform/record.server.ts';
import { acting, reading, seenIn } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { round: id } = event.params;
		await permit(tx, state, id);
		const version = await versionAt(tx, { table: 'assessment.round_sampling', id, key: 'round_id' });
		const round = await tx.selectFrom('assessment.round').select(['id', 'number', 'name']).where('id', '=', id).executeTakeFirstOrThrow();
		const stated = await tx.selectFrom('assessment.roundSampling').select(['design', 'population', 'how']).where('roundId', '=', id).executeTakeFirst();
		return { round, version, stated: stated ?? null, designs: designs.map((value) => ({ value, label: designWords[value]() })) };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, samplingFields, async (tx, fields) => {
			const { programme, round } = event.params;
			await stateSampling(tx, await permit(tx, state, round), fields, seenIn(event));
			return `/p/${programme}/assessment/rounds/${round}/figure`;
		})
};
