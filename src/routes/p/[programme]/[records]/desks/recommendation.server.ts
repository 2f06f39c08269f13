import { z } from 'zod';
import { idList } from '#platform/form-fields.ts';
import { m } from '#paraglide/messages.js';
import * as commands from '#modules/policy/commands.server.ts';
import * as verbs from '#modules/policy/permits.ts';
import { getRecommendation, listRecommendations } from '#modules/policy/queries.server.ts';
import { answerFields, answers, deliveryFields, recommendationFields, recommendationStates } from '#modules/policy/recommendation.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { localValues, type FormField } from '../fields.ts';
import { answerWord } from '../policy-words.ts';
import { citing, organisations, placeField } from './choices.server.ts';
import { dayText } from './days.server.ts';
import { creating, editing, move, said, withdrawal, type Desk } from './desk.server.ts';

const kind = 'recommendation';

const answerForm = async (): Promise<FormField[]> => [
	{ type: 'radios', name: 'answer', label: m.policy_field_answer(), options: answers.map((value) => ({ value, label: answerWord(value) })) },
	{ type: 'local', name: 'answerReason', label: m.policy_field_answer_reason(), hint: m.policy_hint_answer_reason(), long: true, optional: true, maxlength: 4000 },
	{ type: 'date', name: 'answeredOn', label: m.policy_field_answered_on() }
];

export const recommendationDesk: Desk = {
	kind,
	table: 'policy.recommendation',
	path: 'recommendations',
	step: 'recommendation',
	readers: verbs.policyReaders,
	writers: verbs.draftRecommendation.roles,
	words: {
		title: m.policy_recommendations_title, lede: m.policy_recommendations_lede, create: m.policy_recommendations_create, none: m.policy_recommendations_none,
		day: m.policy_field_delivered_on, organisation: m.policy_field_addressed_to, detail: m.policy_field_answer
	},
	states: recommendationStates,
	editable: ['draft'],
	details: answers.map((value) => ({ value, label: () => answerWord(value) })),
	list: listRecommendations,
	async show(tx, place, id) {
		const row = await getRecommendation(tx, place.programmeId, id);
		const facts = [{ term: m.policy_field_addressed_to(), detail: said(row.addresseeName, place) || '–' }];
		if (row.deliveredOn) facts.push({ term: m.policy_field_delivered_on(), detail: dayText(row.deliveredOn, place) });
		if (row.state === 'delivered') facts.push({ term: m.policy_field_answer(), detail: m.policy_no_reply_since({ date: dayText(row.deliveredOn, place) }) });
		if (row.answer) {
			const who = row.answeredByName ?? '–';
			facts.push(
				{ term: m.policy_field_answer(), detail: answerWord(row.answer) },
				{ term: m.policy_field_answered_on(), detail: dayText(row.answeredOn, place) },
				{ term: m.policy_field_answered_by(), detail: row.answeredOnBehalf ? m.policy_on_behalf({ name: who }) : m.policy_in_own_name({ name: who }) }
			);
		}
		return {
			...row,
			texts: [
				{ label: m.policy_field_body(), text: row.body },
				{ label: m.policy_field_answer_reason(), text: row.answerReason }
			],
			facts
		};
	},
	fields: async (tx, place) => [
		{ type: 'local', name: 'title', label: m.policy_field_title(), hint: m.policy_hint_title(), maxlength: 300 },
		{ type: 'local', name: 'body', label: m.policy_field_body(), long: true, optional: true, maxlength: 8000 },
		{ type: 'select', name: 'addressedTo', label: m.policy_field_addressed_to(), options: await organisations(tx, place, true) },
		await placeField(tx, place),
		await citing(tx, place, ['gap'], { name: 'gaps[]', label: m.thread_field_gaps(), hint: m.policy_hint_ground(), none: m.thread_no_gaps() }),
		await citing(tx, place, ['result'], { name: 'results[]', label: m.policy_field_results(), none: m.thread_no_results() })
	],
	preset: (url) => ({ 'gaps[]': url.searchParams.getAll('gap'), 'results[]': url.searchParams.getAll('result') }),
	async stored(tx, programmeId, id) {
		const row = await getRecommendation(tx, programmeId, id);
		return {
			...localValues('title', row.title),
			...localValues('body', row.body),
			addressedTo: row.addressedTo,
			placeId: row.placeId ?? '',
			'gaps[]': row.gaps,
			'results[]': row.results,
			version: row.version
		};
	},
	create: creating(kind, recommendationFields, async (tx, programmeId, input) =>
		commands.draftRecommendation(tx, await permit(tx, verbs.draftRecommendation, { programmeId, placeId: input.placeId }), input)
	),
	edit: editing(kind, recommendationFields, verbs.editRecommendation, commands.editRecommendation),
	mayEdit: (tx, id) => mayI(tx, verbs.editRecommendation, id),
	moves: [
		move({
			kind, name: 'deliver', label: m.policy_deliver, consequence: m.policy_deliver_consequence, from: ['draft'], verb: verbs.deliverRecommendation, schema: deliveryFields,
			fields: async () => [{ type: 'date', name: 'deliveredOn', label: m.policy_field_delivered_on() }],
			run: (tx, may, { deliveredOn }) => commands.deliverRecommendation(tx, may, deliveredOn)
		}),
		move({ kind, name: 'answer', label: m.policy_answer, consequence: m.policy_answer_consequence, from: ['delivered'], verb: verbs.answerRecommendation, schema: answerFields, fields: answerForm, run: commands.answerRecommendation }),
		move({ kind, name: 'record-answer', label: m.policy_record_answer, consequence: m.policy_record_answer_consequence, from: ['delivered'], verb: verbs.recordAnswer, schema: answerFields, fields: answerForm, run: commands.answerRecommendation }),
		move({
			kind, name: 'cite', label: m.thread_move_cite, consequence: m.thread_cite_consequence, from: ['delivered', 'answered'], verb: verbs.citeForRecommendation, schema: z.object({ gaps: idList, results: idList }),
			fields: async (tx, place) => (await recommendationDesk.fields(tx, place)).filter((field) => field.type === 'checkboxes'),
			run: commands.citeForRecommendation
		})
	],
	withdraw: withdrawal(kind, ['draft', 'delivered', 'answered'], verbs.withdrawRecommendation, commands.withdrawRecommendation),
	next: [{ path: 'commitments', param: 'recommendation', from: ['delivered', 'answered'], label: m.thread_next_commitment }]
};
