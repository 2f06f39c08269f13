import type { Actions, PageServerLoad } from './$types.js';
import { getAssessment } from '#modules/assessment/scoring/queries.server.ts';
import { scoreCriteria } from '#modules/assessment/scoring/permits.ts';
import { openCriteria } from '#modules/assessment/scoring/scale.ts';
import { areaFields, changedRows, type SheetRow } from '#modules/assessment/scoring/scoring.ts';
import { saveScores } from '#modules/assessment/scoring/sheet-commands.server.ts';
import { sheetOf } from '#modules/assessment/scoring/sheet-queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';

const empty: SheetRow = { score: null, evidence: [], note: '' };

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, assessment: id } = event.params;
		await permit(tx, scoreCriteria, id);
		const { assessment, areas, side, inAt } = await getAssessment(tx, programme, id);
		const at = Number(event.params.area) - 1;
		const area = areas[at];
		if (!area || side === null) throw notFound();
		if (inAt.get(side)) throw problem('scoring.sealed', 409);
		const sheet = await sheetOf(tx, id, side);
		const open = new Set(openCriteria(assessment.criteria, sheet));
		const newest = [...sheet.values()].map(({ scoredAt }) => scoredAt.getTime());
		return {
			service: assessment.service,
			area: { code: area.code, title: area.title },
			at,
			areas: areas.map(({ title, criteria }) => ({ title, open: criteria.filter(({ criterion }) => open.has(criterion)).length })),
			criteria: area.criteria.map((criterion) => ({ criterion, row: rowOf(sheet.get(criterion.criterion)) })),
			open: open.size,
			total: assessment.criteria.length,
			savedAt: newest.length > 0 ? new Date(Math.max(...newest)) : null
		};
	});

const rowOf = (row: SheetRow | undefined): SheetRow => (row ? { score: row.score, evidence: row.evidence, note: row.note } : empty);

export const actions: Actions = {
	default: (event) =>
		acting(event, areaFields, async (tx, fields) => {
			const { programme, assessment: id } = event.params;
			const { areas } = await getAssessment(tx, programme, id);
			const at = Number(event.params.area) - 1;
			const criteria = areas[at]?.criteria ?? [];
			const byIndex = new Map(criteria.map(({ index, criterion }) => [index, criterion]));
			const rows = new Map(changedRows(fields, [...byIndex.keys()]).flatMap(({ index, row }) => {
				const criterion = byIndex.get(index);
				return criterion === undefined ? [] : [[criterion, row] as const];
			}));
			await saveScores(tx, await permit(tx, scoreCriteria, id), rows);
			const here = `/p/${programme}/assessment/scoring/${id}`;
			if (fields.next === 'next' && at + 1 < areas.length) return `${here}/sheet/${at + 2}`;
			return fields.next === 'stay' ? `${here}/sheet/${at + 1}` : here;
		})
};
