import type { PageServerLoad } from './$types.js';
import { getBackCheck } from '#modules/assessment/fieldwork/back-check-queries.server.ts';
import { drawBackCheck } from '#modules/assessment/fieldwork/permits.ts';
import { instrumentText } from '#modules/assessment/figures/figure.ts';
import { readSubmissions } from '#modules/assessment/permits.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round, check: id } = event.params;
		await permit(tx, readSubmissions, round);
		const { instrument } = await roundInstrument(tx, programme, round);
		const { check, questions, interviews, byTeam, byQuestion, whole } = await getBackCheck(tx, round, instrument, id);
		const label = new Map(questions.map(({ question }) => [question.xpath, instrumentText(question.labels, event.locals.locale, instrument.defaultLanguage, question.name)]));
		const team = new Map(interviews.map((row) => [row.teamId ?? '', row.team]));
		return {
			check, whole,
			questions: [...label.values()],
			interviews: interviews.map(({ compared, ...row }) => ({ ...row, compared: compared.length, differing: compared.filter((each) => !each.same).length })),
			byTeam: byTeam.map((rate) => ({ ...rate, label: team.get(rate.key) ?? null })),
			byQuestion: byQuestion.map((rate) => ({ ...rate, label: label.get(rate.key) ?? rate.key })),
			holds: await mayI(tx, drawBackCheck, round)
		};
	});
