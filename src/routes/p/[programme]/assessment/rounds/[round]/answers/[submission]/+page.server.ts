import type { PageServerLoad } from './$types.js';
import { getAnswer } from '#modules/assessment/answer-queries.server.ts';
import { answeredQuestions, answerText } from '#modules/assessment/answers.ts';
import { instrumentText } from '#modules/assessment/figures/figure.ts';
import { readSubmissions } from '#modules/assessment/permits.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: roundId, submission } = event.params;
		const { locale } = event.locals;
		const { answers, flags, ...facts } = await getAnswer(tx, await permit(tx, readSubmissions, roundId), submission);
		const { instrument, number } = await roundInstrument(tx, programme, roundId);
		const language = instrument.defaultLanguage;
		return {
			facts,
			number,
			roundId,
			flags: flags.map((flag) => Object.values(flag).filter((part) => typeof part === 'string').join(' · ')),
			items: answeredQuestions(instrument).map((question) => ({
				xpath: question.xpath,
				term: instrumentText(question.labels, locale, language, question.name),
				detail: answerText(question, answers[question.xpath], locale, language)
			}))
		};
	});
