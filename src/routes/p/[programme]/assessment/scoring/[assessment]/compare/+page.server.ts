import type { Actions, PageServerLoad } from './$types.js';
import { agreementOf, distance } from '#modules/assessment/scoring/kappa.ts';
import { signScores } from '#modules/assessment/scoring/permits.ts';
import { getAssessment } from '#modules/assessment/scoring/queries.server.ts';
import { markOf, sign } from '#modules/assessment/scoring/reconcile-commands.server.ts';
import type { Score } from '#modules/assessment/scoring/scale.ts';
import { signFields } from '#modules/assessment/scoring/scoring.ts';
import { settledOf, sheetOf } from '#modules/assessment/scoring/sheet-queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, assessment: id } = event.params;
		const { assessment, areas, side, signatures } = await getAssessment(tx, programme, id);
		const [civil, authority] = [await sheetOf(tx, id, 'civil_society'), await sheetOf(tx, id, 'authority')];
		if (assessment.bothInAt === null || civil.size === 0 || authority.size === 0) throw notFound();
		const settled = await settledOf(tx, id, assessment.revision);
		const rows = areas.flatMap((area, at) =>
			area.criteria.map((criterion) => {
				const pair: readonly [Score, Score] = [civil.get(criterion.criterion)?.score ?? 'na', authority.get(criterion.criterion)?.score ?? 'na'];
				const stands = settled.get(criterion.criterion);
				return { index: criterion.index, at, area: area.title, words: criterion.words, critical: criterion.critical, pair, distance: distance(pair), stands: stands ? ([stands.civil, stands.authority] as const) : null };
			})
		);
		const signed = new Map(signatures.filter(({ revision }) => revision === assessment.revision).map((each) => [each.side, each]));
		return {
			assessment: { id, service: assessment.service, state: assessment.state, revision: assessment.revision },
			agreement: agreementOf(rows.map(({ pair }) => pair)),
			differences: rows.filter((row) => row.distance > 0).toSorted((a, b) => b.distance - a.distance || Number(b.critical) - Number(a.critical) || a.index - b.index),
			alike: rows.filter((row) => row.distance === 0),
			areas: areas.map(({ title, criteria }, at) => ({ title, unsettled: criteria.filter(({ criterion }) => !settled.has(criterion)).length, differences: rows.filter((row) => row.at === at && row.distance > 0).length })),
			unsettled: assessment.criteria.filter((criterion) => !settled.has(criterion)).length,
			mark: markOf(settled),
			side,
			signed: { civil_society: signed.get('civil_society')?.name ?? null, authority: signed.get('authority')?.name ?? null }
		};
	});

export const actions: Actions = {
	sign: (event) =>
		acting(event, signFields, async (tx, { seen }) => {
			const { programme, assessment } = event.params;
			await sign(tx, await permit(tx, signScores, assessment), seen);
			return `/p/${programme}/assessment/scoring/${assessment}`;
		})
};
