import type { Actions, PageServerLoad } from './$types.js';
import { saveFigure } from '#modules/assessment/figures/commands.server.ts';
import { byPlace, countableQuestions, figureFields, instrumentText, splittingQuestions } from '#modules/assessment/figures/figure.ts';
import { saveFigure as save } from '#modules/assessment/permits.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: roundId } = event.params;
		await permit(tx, save, { roundId, placeId: null });
		const { instrument, name, number } = await roundInstrument(tx, programme, roundId);
		const option = (question: { xpath: string; name: string; labels: Record<string, string> }) => ({
			value: question.xpath,
			label: instrumentText(question.labels, event.locals.locale, instrument.defaultLanguage, question.name)
		});
		return {
			name,
			number,
			roundId,
			questions: countableQuestions(instrument).map(option),
			splits: [{ value: byPlace, label: m.assessment_split_place() }, ...splittingQuestions(instrument).map(option)],
			places: await placeOptions(tx, programme)
		};
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, figureFields, async (tx, fields) => {
			const { programme, round: roundId } = event.params;
			const id = await saveFigure(tx, await permit(tx, save, { roundId, placeId: fields.placeId }), roundId, fields);
			return `/p/${programme}/assessment/figures/${id}`;
		})
};
