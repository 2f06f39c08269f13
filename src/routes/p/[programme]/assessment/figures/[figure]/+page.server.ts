import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { figureChart } from '#modules/assessment/figures/chart.ts';
import { recomputeFigure } from '#modules/assessment/figures/commands.server.ts';
import { byPlace, countableQuestions, instrumentText } from '#modules/assessment/figures/figure.ts';
import { evidenceReaders, recomputeFigure as recompute } from '#modules/assessment/permits.ts';
import { getFigure } from '#modules/assessment/figures/queries.server.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { whoCanSee } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { localText } from '#platform/locales.ts';
import { codeOf } from '#platform/codes.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { drawChart } from '#ui/chart.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, figure: id } = event.params;
		const { locale } = event.locals;
		const { shown, exact, ...figure } = await getFigure(tx, programme, id);
		const { instrument } = await roundInstrument(tx, programme, figure.roundId);
		const question = (xpath: string): string => {
			const found = countableQuestions(instrument).find((each) => each.xpath === xpath);
			return found ? instrumentText(found.labels, locale, instrument.defaultLanguage, found.name) : xpath;
		};
		const round = localText(figure.round, locale).text;
		const place = figure.place ? localText(figure.place, locale).text : null;
		const source = [`${codeOf('round', figure.roundNumber)} ${round}`, place].filter((part) => part !== null).join(', ');
		const chart = figureChart(exact ?? shown, { ...figure, source, note: m.assessment_not_prevalence() }, locale);
		const readers = await whoCanSee(tx, evidenceReaders, programme, figure.placeId);
		return {
			figure,
			exact: exact !== null,
			chart,
			drawing: drawChart(chart, locale),
			question: question(figure.question),
			split: figure.split === null ? null : figure.split === byPlace ? m.assessment_split_place() : question(figure.split),
			readers: [...new Set(readers.map((each) => each.displayName))],
			mayRecompute: figure.frozenAt === null && (await mayI(tx, recompute, id))
		};
	});

export const actions: Actions = {
	recompute: (event) =>
		acting(event, z.object({}), async (tx) => {
			const { programme, figure } = event.params;
			await recomputeFigure(tx, await permit(tx, recompute, figure));
			return `/p/${programme}/assessment/figures/${figure}`;
		})
};
