import { m } from '#paraglide/messages.js';
import { priorityFields, priorityStates } from '#modules/gaps/priority.ts';
import * as commands from '#modules/gaps/priority-commands.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { getPriority, listPriorities } from '#modules/gaps/queries.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { localValues } from '../fields.ts';
import { dayText } from './days.server.ts';
import { placeField } from './choices.server.ts';
import { creating, editing, said, withdrawal, type Desk } from './desk.server.ts';

const kind = 'priority';

export const priorityDesk: Desk = {
	kind,
	table: 'gaps.priority',
	path: 'priorities',
	step: 'gap',
	readers: verbs.priorityReaders,
	writers: verbs.statePriority.roles,
	words: { title: m.gaps_priorities_title, lede: m.gaps_priorities_lede, create: m.gaps_priorities_create, none: m.gaps_priorities_none, day: m.gaps_field_stated_on },
	states: priorityStates,
	editable: ['stands'],
	list: listPriorities,
	async show(tx, place, id) {
		const priority = await getPriority(tx, place.programmeId, id);
		return {
			...priority,
			title: priority.statement,
			texts: [],
			facts: [
				{ term: m.gaps_field_stated_by(), detail: said(priority.statedBy, place) },
				{ term: m.gaps_field_stated_on(), detail: dayText(priority.statedOn, place) }
			]
		};
	},
	fields: async (tx, place) => [
		{ type: 'local', name: 'statement', label: m.gaps_field_statement(), hint: m.gaps_hint_statement(), long: true, maxlength: 2000 },
		{ type: 'local', name: 'statedBy', label: m.gaps_field_stated_by(), hint: m.gaps_hint_stated_by(), maxlength: 200 },
		{ type: 'date', name: 'statedOn', label: m.gaps_field_stated_on() },
		await placeField(tx, place)
	],
	async stored(tx, programmeId, id) {
		const priority = await getPriority(tx, programmeId, id);
		return {
			...localValues('statement', priority.statement),
			...localValues('statedBy', priority.statedBy),
			statedOn: priority.statedOn,
			placeId: priority.placeId ?? '',
			version: priority.version
		};
	},
	create: creating(kind, priorityFields, async (tx, programmeId, input) =>
		commands.statePriority(tx, await permit(tx, verbs.statePriority, { programmeId, placeId: input.placeId }), input)
	),
	edit: editing(kind, priorityFields, verbs.editPriority, commands.editPriority),
	mayEdit: (tx, id) => mayI(tx, verbs.editPriority, id),
	moves: [],
	withdraw: withdrawal(kind, ['stands'], verbs.withdrawPriority, commands.withdrawPriority),
	next: [
		{ path: 'trainings', param: 'priority', from: ['stands'], label: m.thread_next_training },
		{ path: 'plans', param: 'priority', from: ['stands'], label: m.thread_next_plan }
	]
};
