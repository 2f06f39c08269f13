import type { PageServerLoad } from './$types.js';
import { getAnswer } from '#modules/assessment/answer-queries.server.ts';
import { instrumentText } from '#modules/assessment/figures/figure.ts';
import * as verbs from '#modules/assessment/fieldwork/permits.ts';
import { receiptOf } from '#modules/assessment/fieldwork/quality/observe.ts';
import { questionOfFile, shownAs } from '#modules/assessment/fieldwork/submission-file.ts';
import { fileOf } from '#modules/assessment/fieldwork/submission-file-queries.server.ts';
import { readSubmissions } from '#modules/assessment/permits.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round, submission, name } = event.params;
		const may = await permit(tx, readSubmissions, round);
		const { sha256: _, ...file } = await fileOf(tx, may, submission, name);
		const { answers, instanceId } = await getAnswer(tx, may, submission);
		const { instrument } = await roundInstrument(tx, programme, round);
		const question = questionOfFile(instrument, answers, file.name);
		return {
			file,
			as: file.stored ? shownAs(file.stored.mediaType) : null,
			question: question ? instrumentText(question.labels, event.locals.locale, instrument.defaultLanguage, question.name) : null,
			receipt: receiptOf(instanceId),
			mayStrike: file.struck === null && (await mayI(tx, verbs.strikeFile, submission))
		};
	});
