import type { Actions, PageServerLoad } from './$types.js';
import { planRound as plan } from '#modules/assessment/fieldwork/plan-commands.server.ts';
import { keyQuestions, planFields, targetQuestions } from '#modules/assessment/fieldwork/plan.ts';
import { planRound } from '#modules/assessment/fieldwork/permits.ts';
import { instrumentText } from '#modules/assessment/figures/figure.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { versionAt } from '#platform/record.server.ts';
import { acting, reading, seenIn } from '#platform/request.server.ts';
import type { InstrumentQuestion } from '#xforms/instrument.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: id } = event.params;
		await permit(tx, planRound, id);
		const version = await versionAt(tx, { table: 'assessment.round', id });
		const { instrument } = await roundInstrument(tx, programme, id);
		const stated = await tx.selectFrom('assessment.round').select(['joint', 'targetQuestion', 'keyQuestions', 'shortestMinutes']).where('id', '=', id).executeTakeFirstOrThrow();
		const option = (question: InstrumentQuestion) => ({ value: question.xpath, label: instrumentText(question.labels, event.locals.locale, instrument.defaultLanguage, question.name), hint: question.name });
		return { stated, version, targets: targetQuestions(instrument).map(option), keys: keyQuestions(instrument).map(option) };
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, planFields, async (tx, fields) => {
			const { programme, round } = event.params;
			await plan(tx, await permit(tx, planRound, round), fields, seenIn(event));
			return `/p/${programme}/assessment/rounds/${round}/plan?saved=1`;
		})
};
