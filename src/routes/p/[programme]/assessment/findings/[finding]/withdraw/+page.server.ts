import type { Actions, PageServerLoad } from './$types.js';
import { withdrawFinding } from '#modules/assessment/evidence-commands.server.ts';
import { withdrawFields } from '#modules/assessment/evidence.ts';
import { withdrawFinding as withdraw } from '#modules/assessment/permits.ts';
import { getFinding } from '#modules/assessment/queries.server.ts';
import { codeOf } from '#platform/codes.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import type { Knot } from '#thread/graph.ts';
import { recordPath } from '#thread/paths.ts';
import { downstream } from '#thread/queries.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, finding: id } = event.params;
		await permit(tx, withdraw, id);
		const { finding } = await getFinding(tx, programme, id);
		const { fallen, weakened } = await downstream(tx, programme, id);
		const row = (knot: Knot) => ({ id: knot.id, path: recordPath(programme, knot.kind, knot.id), code: codeOf(knot.kind, knot.number), title: localText(knot.title, event.locals.locale).text });
		return { finding, fallen: fallen.map(row), weakened: weakened.map(row) };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, withdrawFields, async (tx, { reason }) => {
			const { programme, finding } = event.params;
			await withdrawFinding(tx, await permit(tx, withdraw, finding), reason);
			return `/p/${programme}/assessment/findings/${finding}`;
		})
};
