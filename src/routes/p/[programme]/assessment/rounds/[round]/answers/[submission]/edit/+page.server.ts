import type { Actions, PageServerLoad } from './$types.js';
import { editSubmission as edit } from '#modules/assessment/fieldwork/edit-commands.server.ts';
import { editPage } from '#modules/assessment/fieldwork/edit-page.server.ts';
import { editForm } from '#modules/assessment/fieldwork/edit.ts';
import { editSubmission } from '#modules/assessment/fieldwork/permits.ts';
import { instrumentText } from '#modules/assessment/figures/figure.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { newId } from '#platform/ids.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round, submission } = event.params;
		const { locale } = event.locals;
		const { instrument } = await roundInstrument(tx, programme, round);
		const { outdated, sections } = await editPage(tx, await permit(tx, editSubmission, submission), instrument);
		const text = (labels: Readonly<Record<string, string>>, name: string): string => instrumentText(labels, locale, instrument.defaultLanguage, name);
		return {
			freshId: newId(),
			outdated,
			sections: sections.map(({ within, fresh, fields }, i) => ({
				fresh,
				instance: within && {
					key: within.key,
					heading: `${text(within.labels, within.name)} (${within.repeatIndexes.join('.')})`,
					// Asked once, where the instance begins: others within it may stand between its answers.
					removable: within.free && !fresh && sections.findIndex((each) => each.within?.key === within.key) === i
				},
				fields: fields.map(({ key, question, repeatIndexes, value }) => ({
					name: `answer.${key}`,
					type: question.type,
					label: text(question.labels, question.name) + (repeatIndexes.length === 0 ? '' : ` (${repeatIndexes.join('.')})`),
					value,
					options: (question.choices ?? []).map((choice) => ({ value: choice.name, label: text(choice.labels, choice.name) }))
				}))
			}))
		};
	});

export const actions: Actions = {
	default: (event) =>
		acting(event, editForm, async (tx, fields) => {
			const { programme, round, submission } = event.params;
			const id = await edit(tx, await permit(tx, editSubmission, submission), fields);
			return `/p/${programme}/assessment/rounds/${round}/answers/${id}`;
		})
};
