import type { Actions, PageServerLoad } from './$types.js';
import { settleDifferences } from '#modules/assessment/scoring/permits.ts';
import { getAssessment } from '#modules/assessment/scoring/queries.server.ts';
import { settle } from '#modules/assessment/scoring/reconcile-commands.server.ts';
import { changedOutcomes, settleFields, type Outcome } from '#modules/assessment/scoring/scoring.ts';
import { settledOf, sheetOf, type Kept } from '#modules/assessment/scoring/sheet-queries.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';

const outcomeOf = (kept: Kept | undefined): Outcome | null =>
	kept ? { outcome: kept.civil === kept.authority ? String(kept.civil) : 'dissent', reason: kept.reason, civil: kept.civilReason, authority: kept.authorityReason } : null;

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, assessment: id } = event.params;
		const { assessment, areas } = await getAssessment(tx, programme, id);
		const at = Number(event.params.area) - 1;
		const area = areas[at];
		const [civil, authority] = [await sheetOf(tx, id, 'civil_society'), await sheetOf(tx, id, 'authority')];
		if (!area || assessment.bothInAt === null || civil.size === 0 || authority.size === 0) throw notFound();
		const settled = await settledOf(tx, id, assessment.revision);
		return {
			service: assessment.service,
			title: area.title,
			at,
			areas: areas.length,
			may: assessment.state === 'reconciling' && (await mayI(tx, settleDifferences, id)),
			rows: area.criteria.map((criterion) => ({ criterion, civil: civil.get(criterion.criterion), authority: authority.get(criterion.criterion), kept: outcomeOf(settled.get(criterion.criterion)) }))
		};
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, settleFields, async (tx, fields) => {
			const { programme, assessment: id } = event.params;
			const { areas } = await getAssessment(tx, programme, id);
			const criteria = areas[Number(event.params.area) - 1]?.criteria ?? [];
			const byIndex = new Map(criteria.map(({ index, criterion }) => [index, criterion]));
			const outcomes = changedOutcomes(fields, [...byIndex.keys()]).flatMap(({ index, outcome }) => {
				const criterion = byIndex.get(index);
				return criterion === undefined ? [] : [[criterion, outcome] as const];
			});
			await settle(tx, await permit(tx, settleDifferences, id), new Map(outcomes));
			return `/p/${programme}/assessment/scoring/${id}/compare`;
		})
};
