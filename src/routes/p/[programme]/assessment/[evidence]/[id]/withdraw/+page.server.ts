import { error } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types.js';
import { reinstateEvidence, withdrawEvidence } from '#modules/assessment/withdrawal/commands.server.ts';
import { withdrawalVerbs } from '#modules/assessment/withdrawal/permits.ts';
import { withdrawalsOf } from '#modules/assessment/withdrawal/queries.server.ts';
import { withdrawables, type Withdrawable } from '#modules/assessment/withdrawal/withdrawal.ts';
import { codeOf } from '#platform/codes.ts';
import { reasonFields } from '#platform/form-fields.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { problemText } from '#platform/problem-text.ts';
import { notFound } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';
import { downstreamOf } from '#thread/graph.ts';
import { recordPath } from '#thread/paths.ts';
import { loadThread } from '#thread/queries.server.ts';
import { linked } from '../../../../[records]/linked.server.ts';

/** Which kind of evidence an address is about; one page serves them all. */
function kindOf({ params, locals }: RequestEvent): Withdrawable {
	const kind = withdrawables.find((each) => recordPath(params.programme, each, params.id).includes(`/assessment/${params.evidence}/`));
	if (!kind) error(404, { message: problemText('not-found', {}, locals.locale), code: 'not-found' });
	return kind;
}

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, id } = event.params;
		const { locale } = event.locals;
		const kind = kindOf(event);
		const [last] = await withdrawalsOf(tx, programme, id);
		const away = last !== undefined && last.reinstatedAt === null;
		await permit(tx, away ? withdrawalVerbs[kind].reinstate : withdrawalVerbs[kind].withdraw, id);
		const graph = await loadThread(tx, programme);
		const here = graph.knots.get(id);
		if (!here) throw notFound();
		const { fallen, weakened } = downstreamOf(graph, id);
		const { text, locale: lang } = localText(here.title, locale);
		return {
			away: away ? { reason: last.reason, withdrawnAt: last.withdrawnAt } : null,
			kind,
			code: codeOf(kind, here.number),
			title: text,
			lang,
			fallen: fallen.map((knot) => linked(programme, knot, locale)),
			weakened: weakened.map((knot) => linked(programme, knot, locale))
		};
	});

export const actions: Actions = {
	withdraw: (event) =>
		acting(event, reasonFields, async (tx, { reason }) => {
			const { programme, id } = event.params;
			const kind = kindOf(event);
			await withdrawEvidence(tx, await permit(tx, withdrawalVerbs[kind].withdraw, id), reason);
			return recordPath(programme, kind, id);
		}),
	reinstate: (event) =>
		acting(event, reasonFields, async (tx, { reason }) => {
			const { programme, id } = event.params;
			const kind = kindOf(event);
			await reinstateEvidence(tx, await permit(tx, withdrawalVerbs[kind].reinstate, id), reason);
			return recordPath(programme, kind, id);
		})
};
