import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { closeScoring as close } from '#modules/assessment/scoring/commands.server.ts';
import { scoringAreas } from '#modules/assessment/scoring/instrument.ts';
import { closeScoring, startScoring, writeSetScore } from '#modules/assessment/scoring/permits.ts';
import { listAssessments, setsOf, togetherInRound, togetherTitle, versionsOf } from '#modules/assessment/scoring/queries.server.ts';
import { togetherCharts } from '#modules/assessment/scoring/result-chart.ts';
import { writeSetScore as write } from '#modules/assessment/scoring/score-commands.server.ts';
import { getRound } from '#modules/assessment/round-queries.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { drawChart } from '#ui/chart.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: id } = event.params;
		const { locale } = event.locals;
		const { round } = await getRound(tx, programme, id);
		const rows = await listAssessments(tx, programme, id);
		const sets = await setsOf(tx, id);
		const all = await togetherInRound(tx, id);
		const versions = await versionsOf(tx, rows.map(({ versionId }) => versionId));
		const instruments = [];
		for (const version of versions) {
			const set = sets.find(({ instrumentVersionId }) => instrumentVersionId === version.id);
			const together = set ? (all.get(set.id) ?? []) : [];
			const areas = scoringAreas(version.instrument);
			const charts = togetherCharts({ together, areas, round: round.name, locale, id: version.id.slice(-6) });
			const own = rows.filter(({ versionId, state }) => versionId === version.id && state !== 'cancelled');
			instruments.push({
				id: version.id,
				title: version.title,
				version: version.version,
				set: set ? { id: set.id, services: set.services, closedAt: set.closedAt } : null,
				closable: set === undefined && own.length >= 3 && own.every(({ state }) => state === 'signed'),
				unsigned: own.filter(({ state }) => state !== 'signed').length,
				areas: areas.map(({ code, title }) => ({ code, title })),
				together,
				charts: charts.map((chart) => ({ chart, drawing: drawChart(chart, locale) }))
			});
		}
		return { round: { id, name: round.name, state: round.state }, rows, instruments, may: { run: await mayI(tx, startScoring, id) } };
	});

export const actions: Actions = {
	close: (event) =>
		acting(event, z.object({ version: z.uuid() }), async (tx, { version }) => {
			const { programme, round } = event.params;
			await close(tx, await permit(tx, closeScoring, round), version);
			return `/p/${programme}/assessment/scoring/rounds/${round}`;
		}),
	write: (event) =>
		acting(event, z.object({ set: z.uuid(), area: z.string().max(200) }), async (tx, { set, area }) => {
			const { programme } = event.params;
			const id = await write(tx, await permit(tx, writeSetScore, set), { area, title: await togetherTitle(tx, set, area) });
			return `/p/${programme}/assessment/scores/${id}`;
		})
};
