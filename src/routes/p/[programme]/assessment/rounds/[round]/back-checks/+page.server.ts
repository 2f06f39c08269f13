import { randomBytes } from 'node:crypto';
import type { Actions, PageServerLoad } from './$types.js';
import { drawBackCheck as draw } from '#modules/assessment/fieldwork/back-check-commands.server.ts';
import { listBackChecks } from '#modules/assessment/fieldwork/back-check-queries.server.ts';
import { askable, drawFields } from '#modules/assessment/fieldwork/back-check.ts';
import { drawBackCheck } from '#modules/assessment/fieldwork/permits.ts';
import { instrumentText } from '#modules/assessment/figures/figure.ts';
import { readSubmissions } from '#modules/assessment/permits.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { newId } from '#platform/ids.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round } = event.params;
		await permit(tx, readSubmissions, round);
		const { instrument } = await roundInstrument(tx, programme, round);
		return {
			checks: await listBackChecks(tx, round),
			draws: await mayI(tx, drawBackCheck, round),
			questions: askable(instrument).map(({ question }) => ({ value: question.xpath, label: instrumentText(question.labels, event.locals.locale, instrument.defaultLanguage, question.name) })),
			freshId: newId(),
			seed: randomBytes(4).toString('hex')
		};
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, drawFields, async (tx, fields) => {
			const { programme, round } = event.params;
			await draw(tx, await permit(tx, drawBackCheck, round), fields);
			return `/p/${programme}/assessment/rounds/${round}/back-checks/${fields.id}`;
		})
};
