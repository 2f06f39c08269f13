import type { Actions, PageServerLoad } from './$types.js';
import { recordInterview } from '#modules/assessment/fieldwork/back-check-commands.server.ts';
import { getBackCheck } from '#modules/assessment/fieldwork/back-check-queries.server.ts';
import { interviewFields } from '#modules/assessment/fieldwork/back-check.ts';
import { recordBackCheck } from '#modules/assessment/fieldwork/permits.ts';
import { answerText } from '#modules/assessment/answers.ts';
import { instrumentText } from '#modules/assessment/figures/figure.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round, check, interview: id } = event.params;
		const { locale } = event.locals;
		await permit(tx, recordBackCheck, id);
		const { instrument } = await roundInstrument(tx, programme, round);
		const { questions, interviews } = await getBackCheck(tx, round, instrument, check);
		const found = interviews.find((row) => row.id === id);
		if (!found) throw notFound();
		const text = (labels: Record<string, string>, name: string): string => instrumentText(labels, locale, instrument.defaultLanguage, name);
		const { compared, ...row } = found;
		return {
			row,
			// The first answers are shown only when the second interview has been written down.
			compared: compared.map((each) => ({ key: each.question.xpath, label: text(each.question.labels, each.question.name), first: answerText(each.question, each.first, locale, instrument.defaultLanguage), second: answerText(each.question, each.second, locale, instrument.defaultLanguage), same: each.same })),
			fields: questions.map(({ key, question }) => ({
				name: `answer.${key}`, type: question.type, label: text(question.labels, question.name),
				options: (question.choices ?? []).map((choice) => ({ value: choice.name, label: text(choice.labels, choice.name) }))
			}))
		};
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, interviewFields, async (tx, fields) => {
			const { programme, round, check, interview } = event.params;
			await recordInterview(tx, await permit(tx, recordBackCheck, interview), fields);
			return `/p/${programme}/assessment/rounds/${round}/back-checks/${check}/${interview}`;
		})
};
