import { m } from '#paraglide/messages.js';
import * as commands from '#modules/policy/commitment-commands.server.ts';
import { commitmentFields, commitmentStates, statusFields, statuses } from '#modules/policy/commitment.ts';
import * as verbs from '#modules/policy/permits.ts';
import { getCommitment, listCommitments } from '#modules/policy/queries.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { citable } from '#thread/queries.server.ts';
import type { FormField } from '../fields.ts';
import { statusWord } from '../policy-words.ts';
import { placeField } from './choices.server.ts';
import { dayText } from './days.server.ts';
import { creating, move, said, withdrawal, type Desk, type Place } from './desk.server.ts';

const kind = 'commitment';

const choices = async (tx: Tx, place: Place, of: 'recommendation' | 'document', states?: readonly string[]) =>
	(await citable(tx, place.programmeId, [of]))
		.filter((each) => !states || states.includes(each.state))
		.map((each) => ({ value: each.id, label: `${codeOf(of, each.number)} · ${said(each.title, place)}` }));

const statusForm = async (tx: Tx, place: Place): Promise<FormField[]> => [
	{ type: 'radios', name: 'status', label: m.policy_field_status(), options: statuses.map((value) => ({ value, label: statusWord(value) })) },
	{ type: 'local', name: 'note', label: m.policy_field_note(), long: true, optional: true, maxlength: 2000 },
	{ type: 'date', name: 'toldOn', label: m.policy_field_told_on() },
	{ type: 'select', name: 'documentId', label: m.policy_field_document(), optional: true, options: await choices(tx, place, 'document') }
];

export const commitmentDesk: Desk = {
	kind,
	table: 'policy.commitment',
	path: 'commitments',
	step: 'commitment',
	readers: verbs.policyReaders,
	writers: ['coordinator', 'official'],
	words: {
		title: m.policy_commitments_title, lede: m.policy_commitments_lede, create: m.policy_commitments_create, none: m.policy_commitments_none,
		day: m.policy_field_due_on, organisation: m.policy_field_undertaken_by
	},
	states: commitmentStates,
	editable: [],
	list: listCommitments,
	async show(tx, place, id) {
		const row = await getCommitment(tx, place.programmeId, id);
		const who = row.madeByName ?? '–';
		return {
			...row,
			texts: [{ label: m.policy_field_measure(), text: row.measure }],
			facts: [
				{ term: m.policy_field_undertaken_by(), detail: said(row.organisationName, place) || '–' },
				{ term: m.policy_field_made_on(), detail: dayText(row.madeOn, place) },
				{ term: m.policy_field_due_on(), detail: dayText(row.dueOn, place) },
				{ term: m.policy_field_made_by(), detail: row.onBehalf ? m.policy_on_behalf({ name: who }) : m.policy_in_own_name({ name: who }) }
			],
			told: row.told.map((each) => ({
				id: each.id,
				side: each.side,
				status: each.status,
				note: each.note,
				toldOn: each.toldOn,
				by: each.onBehalf ? m.policy_on_behalf({ name: each.toldBy ?? '–' }) : (each.toldBy ?? '–'),
				document: each.documentId && each.documentTitle ? { id: each.documentId, title: each.documentTitle } : null
			}))
		};
	},
	fields: async (tx, place) => [
		{ type: 'select', name: 'recommendationId', label: m.policy_field_recommendation(), options: await choices(tx, place, 'recommendation', ['delivered', 'answered']) },
		{ type: 'local', name: 'title', label: m.policy_field_commitment(), hint: m.policy_hint_commitment(), maxlength: 300 },
		{ type: 'local', name: 'measure', label: m.policy_field_measure(), hint: m.policy_hint_measure(), long: true, optional: true, maxlength: 4000 },
		await placeField(tx, place),
		{ type: 'date', name: 'madeOn', label: m.policy_field_made_on() },
		{ type: 'date', name: 'dueOn', label: m.policy_field_due_on() }
	],
	preset: (url) => ({ recommendationId: url.searchParams.get('recommendation') ?? '' }),
	stored: async () => ({}),
	create: creating(kind, commitmentFields, async (tx, _programmeId, input) => {
		// Who is an official of the authority addressed speaks in own name; a coordinator records, and the record says so.
		const own = await mayI(tx, verbs.makeCommitment, input.recommendationId);
		return own
			? commands.makeCommitment(tx, await permit(tx, verbs.makeCommitment, input.recommendationId), input)
			: commands.makeCommitment(tx, await permit(tx, verbs.recordCommitment, input.recommendationId), input);
	}),
	moves: [
		move({ kind, name: 'tell-authority', label: m.policy_tell_authority, consequence: m.policy_tell_consequence, from: ['made'], verb: verbs.tellForAuthority, schema: statusFields, fields: statusForm, run: commands.tellStatus }),
		move({ kind, name: 'tell-civil-society', label: m.policy_tell_civil_society, consequence: m.policy_tell_consequence, from: ['made'], verb: verbs.tellForCivilSociety, schema: statusFields, fields: statusForm, run: commands.tellStatus }),
		move({ kind, name: 'record-status', label: m.policy_record_status, consequence: m.policy_record_status_consequence, from: ['made'], verb: verbs.recordStatus, schema: statusFields, fields: statusForm, run: commands.tellStatus })
	],
	withdraw: withdrawal(kind, ['made'], verbs.withdrawCommitment, commands.withdrawCommitment),
	next: [{ path: 'changes', param: 'commitment', from: ['made'], label: m.thread_next_change }]
};
