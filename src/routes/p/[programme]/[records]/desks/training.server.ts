import { z } from 'zod';
import { idList } from '#platform/form-fields.ts';
import { m } from '#paraglide/messages.js';
import * as commands from '#modules/training/commands.server.ts';
import * as verbs from '#modules/training/permits.ts';
import { getTraining, listTrainings } from '#modules/training/queries.server.ts';
import { trainingFields, trainingStates } from '#modules/training/training.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { creating, editing, move, withdrawal, type Desk } from './desk.server.ts';
import { responseFields, responseFacts, responsePreset, responseValues } from './response.server.ts';

const kind = 'training';
const nothing = z.object({});

export const trainingDesk: Desk = {
	kind,
	table: 'training.training',
	path: 'trainings',
	step: 'response',
	readers: verbs.trainingReaders,
	writers: verbs.draftTraining.roles,
	words: {
		title: m.training_title, lede: m.training_lede, create: m.training_create, none: m.training_none,
		day: m.thread_field_starts_on, organisation: m.thread_field_owner
	},
	states: trainingStates,
	editable: ['draft', 'planned', 'under_way'],
	list: listTrainings,
	async show(tx, place, id) {
		const training = await getTraining(tx, place.programmeId, id);
		return { ...training, texts: [{ label: m.thread_field_aim(), text: training.aim }], facts: await responseFacts(tx, place, training) };
	},
	fields: (tx, place) => responseFields(tx, place, m.training_field_title()),
	preset: responsePreset,
	stored: async (tx, programmeId, id) => responseValues(await getTraining(tx, programmeId, id)),
	create: creating(kind, trainingFields, async (tx, programmeId, input) =>
		commands.draftTraining(tx, await permit(tx, verbs.draftTraining, { programmeId, placeId: input.placeId }), input)
	),
	edit: editing(kind, trainingFields, verbs.editTraining, commands.editTraining),
	mayEdit: (tx, id) => mayI(tx, verbs.editTraining, id),
	moves: [
		move({ kind, name: 'plan', label: m.thread_move_plan, consequence: m.thread_plan_consequence, from: ['draft'], verb: verbs.planTraining, schema: nothing, run: commands.planTraining }),
		move({ kind, name: 'start', label: m.thread_move_start, consequence: m.thread_start_consequence, from: ['planned'], verb: verbs.startTraining, schema: nothing, run: commands.startTraining }),
		move({ kind, name: 'finish', label: m.thread_move_finish, consequence: m.thread_finish_consequence, from: ['planned', 'under_way'], verb: verbs.finishTraining, schema: nothing, run: commands.finishTraining }),
		move({ kind, name: 'cancel', label: m.thread_move_cancel, consequence: m.thread_cancel_consequence, from: ['draft', 'planned', 'under_way'], verb: verbs.cancelTraining, schema: nothing, run: commands.cancelTraining }),
		move({
			kind, name: 'cite', label: m.thread_move_cite, consequence: m.thread_cite_consequence, from: ['done'], verb: verbs.citeForTraining, schema: z.object({ gaps: idList, priorities: idList }),
			fields: async (tx, place) => (await trainingDesk.fields(tx, place)).filter((field) => field.type === 'checkboxes'),
			run: commands.citeForTraining
		})
	],
	withdraw: withdrawal(kind, ['draft', 'planned', 'under_way', 'done', 'cancelled'], verbs.withdrawTraining, commands.withdrawTraining),
	next: [{ path: 'results', param: 'training', from: ['planned', 'under_way', 'done'], label: m.thread_next_result }]
};
