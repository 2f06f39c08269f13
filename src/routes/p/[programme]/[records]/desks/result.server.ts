import { z } from 'zod';
import { idList } from '#platform/form-fields.ts';
import { m } from '#paraglide/messages.js';
import * as commands from '#modules/results/commands.server.ts';
import * as verbs from '#modules/results/permits.ts';
import { getResult, listResults } from '#modules/results/queries.server.ts';
import { resultFields, resultStates } from '#modules/results/result.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { formatNumber } from '#ui/format.ts';
import { localValues } from '../fields.ts';
import { citing, placeField } from './choices.server.ts';
import { dayText } from './days.server.ts';
import { creating, editing, move, said, withdrawal, type Desk } from './desk.server.ts';
import { evidenceFields } from './evidence.server.ts';

const kind = 'result';

export const resultDesk: Desk = {
	kind,
	table: 'results.result',
	path: 'results',
	step: 'result',
	readers: verbs.resultReaders,
	writers: verbs.draftResult.roles,
	words: { title: m.results_title, lede: m.results_lede, create: m.results_create, none: m.results_none, day: m.results_field_observed_on },
	states: resultStates,
	editable: ['draft'],
	list: listResults,
	async show(tx, place, id) {
		const result = await getResult(tx, place.programmeId, id);
		const value = result.value === null ? [] : [{ term: m.results_field_value(), detail: `${formatNumber(Number(result.value), place.locale, 6)} ${said(result.valueUnit, place)}`.trim() }];
		return { ...result, title: result.statement, texts: [], facts: [...value, { term: m.results_field_observed_on(), detail: dayText(result.observedOn, place) }] };
	},
	fields: async (tx, place) => [
		{ type: 'local', name: 'statement', label: m.results_field_statement(), hint: m.results_hint_statement(), long: true, maxlength: 2000 },
		{ type: 'number', name: 'value', label: m.results_field_value(), hint: m.results_hint_value(), optional: true },
		{ type: 'local', name: 'valueUnit', label: m.results_field_unit(), optional: true, maxlength: 100 },
		{ type: 'date', name: 'observedOn', label: m.results_field_observed_on() },
		await placeField(tx, place),
		await citing(tx, place, ['training'], { name: 'trainings[]', label: m.results_field_trainings(), hint: m.results_hint_responses(), none: m.thread_no_trainings() }),
		await citing(tx, place, ['plan'], { name: 'plans[]', label: m.results_field_plans(), none: m.thread_no_plans() }),
		...(await evidenceFields(tx, place))
	],
	preset: (url) => ({ 'trainings[]': url.searchParams.getAll('training'), 'plans[]': url.searchParams.getAll('plan') }),
	async stored(tx, programmeId, id) {
		const result = await getResult(tx, programmeId, id);
		return {
			...localValues('statement', result.statement),
			...localValues('valueUnit', result.valueUnit),
			value: result.value ?? '',
			observedOn: result.observedOn,
			placeId: result.placeId ?? '',
			'trainings[]': result.trainings,
			'plans[]': result.plans,
			'figures[]': result.figures,
			'quotations[]': result.quotations,
			'documents[]': result.documents,
			version: result.version
		};
	},
	create: creating(kind, resultFields, async (tx, programmeId, input) =>
		commands.draftResult(tx, await permit(tx, verbs.draftResult, { programmeId, placeId: input.placeId }), input)
	),
	edit: editing(kind, resultFields, verbs.editResult, commands.editResult),
	mayEdit: (tx, id) => mayI(tx, verbs.editResult, id),
	moves: [
		move({ kind, name: 'confirm', label: m.results_confirm, consequence: m.results_confirm_consequence, from: ['draft'], verb: verbs.confirmResult, schema: z.object({}), run: commands.confirmResult }),
		move({
			kind, name: 'cite', label: m.thread_move_cite, consequence: m.thread_cite_consequence, from: ['stands'], verb: verbs.citeForResult, schema: z.object({ trainings: idList, plans: idList, figures: idList, quotations: idList, documents: idList }),
			fields: async (tx, place) => (await resultDesk.fields(tx, place)).filter((field) => field.type === 'checkboxes'),
			run: commands.citeForResult
		})
	],
	withdraw: withdrawal(kind, ['draft', 'stands'], verbs.withdrawResult, commands.withdrawResult),
	next: [{ path: 'recommendations', param: 'result', from: ['stands'], label: m.thread_next_recommendation }]
};
