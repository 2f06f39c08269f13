import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { cancelScoring, nameScorer, removeScorer } from '#modules/assessment/scoring/commands.server.ts';
import { personIdOf } from '#modules/assessment/author.ts';
import * as verbs from '#modules/assessment/scoring/permits.ts';
import { agreementsOf, changeSince, getAssessment, reopeningsOf, resultsOf } from '#modules/assessment/scoring/queries.server.ts';
import { agree, reopen, withdrawAgreement } from '#modules/assessment/scoring/reconcile-commands.server.ts';
import { openCriteria, otherSide } from '#modules/assessment/scoring/scale.ts';
import { scoresOf } from '#modules/assessment/scoring/score-queries.server.ts';
import { writeScore } from '#modules/assessment/scoring/score-commands.server.ts';
import { tellHandedIn } from '#modules/assessment/scoring/notices.server.ts';
import { agreementFields, cancelFields, personField, reopenFields, scorerFields } from '#modules/assessment/scoring/scoring.ts';
import { handIn, takeBack } from '#modules/assessment/scoring/sheet-commands.server.ts';
import { scoringCounts, settledOf, sheetOf } from '#modules/assessment/scoring/sheet-queries.server.ts';
import { scorerOptions } from '#modules/assessment/scoring/start-queries.server.ts';
import { resultCharts } from '#modules/assessment/scoring/result-chart.ts';
import { circleOf } from '#modules/assessment/scoring/circle.server.ts';
import { areaTitle } from '#modules/assessment/scoring/instrument.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { drawChart } from '#ui/chart.server.ts';
import { lineOfScores } from '../../score-line.server.ts';

export const load: PageServerLoad = async (event) => {
	const { programme: facts } = await event.parent();
	return reading(event, async (tx) => {
		const { programme, assessment: id } = event.params;
		const { locale } = event.locals;
		const page = await getAssessment(tx, programme, id);
		const { assessment, areas, side, inAt } = page;
		const mine = side === null ? null : await sheetOf(tx, id, side);
		const open = mine === null ? [] : openCriteria(assessment.criteria, mine);
		const revision = assessment.signedRevision;
		const results = revision === null ? [] : await resultsOf(tx, id, revision);
		const charts = resultCharts({ results, areas, service: assessment.service, round: assessment.round, locale });
		const change = revision === null || results.length === 0 ? null : await changeSince(tx, page, revision);
		const settled = await settledOf(tx, id, assessment.revision);
		return {
			assessment,
			areas: areas.map(({ code, title, criteria }) => ({ code, title, criteria: criteria.length, open: criteria.filter(({ criterion }) => open.includes(criterion)).length, unsettled: criteria.filter(({ criterion }) => !settled.has(criterion)).length })),
			inAt: { civil_society: inAt.get('civil_society') ?? null, authority: inAt.get('authority') ?? null },
			counts: Object.fromEntries([...(await scoringCounts(tx, assessment.roundId))].filter(([key]) => key.startsWith(id)).map(([key, count]) => [key.slice(id.length + 1), count])),
			scorers: page.scorers,
			signatures: page.signatures,
			side,
			open: open.length,
			// An agreed result opens what was settled, not the two sheets.
			seesSheets: assessment.bothInAt !== null && (await sheetOf(tx, id, otherSide(side ?? 'authority'))).size > 0,
			results,
			charts: charts.map((chart) => ({ chart, drawing: drawChart(chart, locale) })),
			change,
			steps: await lineOfScores(tx, facts, await scoresOf(tx, id), locale),
			agreements: await agreementsOf(tx, id),
			reopenings: await reopeningsOf(tx, id),
			circle: await circleOf(tx, programme, assessment, page.scorers),
			people: (await mayI(tx, verbs.nameScorers, id)) && assessment.state === 'scoring' ? await scorerOptions(tx, programme, locale) : [],
			may: {
				run: await mayI(tx, verbs.nameScorers, id),
				agree: await mayI(tx, verbs.agreeToScores, id),
				write: results.length > 0 && (await mayI(tx, verbs.writeScore, id))
			}
		};
	});
};

const nothing = z.object({});

export const actions: Actions = {
	handIn: (event) =>
		acting(event, nothing, async (tx) => {
			const { programme, assessment } = event.params;
			const may = await permit(tx, verbs.handInSheet, assessment);
			await handIn(tx, may);
			await tellHandedIn(tx, assessment, personIdOf(may), event.locals.locale);
			return `/p/${programme}/assessment/scoring/${assessment}`;
		}),
	takeBack: (event) =>
		acting(event, nothing, async (tx) => {
			const { programme, assessment } = event.params;
			await takeBack(tx, await permit(tx, verbs.takeBackSheet, assessment));
			return `/p/${programme}/assessment/scoring/${assessment}`;
		}),
	name: (event) =>
		acting(event, scorerFields, async (tx, { scorer }) => {
			const { programme, assessment } = event.params;
			await nameScorer(tx, await permit(tx, verbs.nameScorers, assessment), scorer);
			return `/p/${programme}/assessment/scoring/${assessment}`;
		}),
	remove: (event) =>
		acting(event, personField, async (tx, { personId }) => {
			const { programme, assessment } = event.params;
			await removeScorer(tx, await permit(tx, verbs.nameScorers, assessment), personId);
			return `/p/${programme}/assessment/scoring/${assessment}`;
		}),
	cancel: (event) =>
		acting(event, cancelFields, async (tx, { reason }) => {
			const { programme, assessment } = event.params;
			await cancelScoring(tx, await permit(tx, verbs.cancelScoring, assessment), reason);
			return `/p/${programme}/assessment/scoring/${assessment}`;
		}),
	reopen: (event) =>
		acting(event, reopenFields, async (tx, { reason }) => {
			const { programme, assessment } = event.params;
			await reopen(tx, await permit(tx, verbs.reopenScores, assessment), reason);
			return `/p/${programme}/assessment/scoring/${assessment}/compare`;
		}),
	agree: (event) =>
		acting(event, agreementFields, async (tx, fields) => {
			const { programme, assessment } = event.params;
			await agree(tx, await permit(tx, verbs.agreeToScores, assessment), fields);
			return `/p/${programme}/assessment/scoring/${assessment}`;
		}),
	withdraw: (event) =>
		acting(event, nothing, async (tx) => {
			const { programme, assessment } = event.params;
			await withdrawAgreement(tx, await permit(tx, verbs.withdrawAgreement, assessment));
			return `/p/${programme}/assessment/scoring/${assessment}`;
		}),
	write: (event) =>
		acting(event, z.object({ area: z.string().max(200) }), async (tx, { area }) => {
			const { programme, assessment } = event.params;
			const { assessment: found, areas } = await getAssessment(tx, programme, assessment);
			const title = areaTitle(found.service, areas.find(({ code }) => code === area)?.title ?? null);
			const id = await writeScore(tx, await permit(tx, verbs.writeScore, assessment), { area, title });
			return `/p/${programme}/assessment/scores/${id}`;
		})
};
