import { z } from 'zod';
import { idList } from '#platform/form-fields.ts';
import { m } from '#paraglide/messages.js';
import * as commands from '#modules/plans/commands.server.ts';
import * as verbs from '#modules/plans/permits.ts';
import { getPlan, listPlans } from '#modules/plans/queries.server.ts';
import { planFields, planStates } from '#modules/plans/plan.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { creating, editing, move, withdrawal, type Desk } from './desk.server.ts';
import { responseFields, responseFacts, responsePreset, responseValues } from './response.server.ts';

const kind = 'plan';
const nothing = z.object({});

export const planDesk: Desk = {
	kind,
	table: 'plans.plan',
	path: 'plans',
	step: 'response',
	readers: verbs.planReaders,
	writers: verbs.draftPlan.roles,
	words: {
		title: m.plans_title, lede: m.plans_lede, create: m.plans_create, none: m.plans_none,
		day: m.thread_field_starts_on, organisation: m.thread_field_owner
	},
	states: planStates,
	editable: ['draft', 'planned', 'under_way'],
	list: listPlans,
	async show(tx, place, id) {
		const plan = await getPlan(tx, place.programmeId, id);
		return { ...plan, texts: [{ label: m.thread_field_aim(), text: plan.aim }], facts: await responseFacts(tx, place, plan) };
	},
	fields: (tx, place) => responseFields(tx, place, m.plans_field_title()),
	preset: responsePreset,
	stored: async (tx, programmeId, id) => responseValues(await getPlan(tx, programmeId, id)),
	create: creating(kind, planFields, async (tx, programmeId, input) =>
		commands.draftPlan(tx, await permit(tx, verbs.draftPlan, { programmeId, placeId: input.placeId }), input)
	),
	edit: editing(kind, planFields, verbs.editPlan, commands.editPlan),
	mayEdit: (tx, id) => mayI(tx, verbs.editPlan, id),
	moves: [
		move({ kind, name: 'plan', label: m.thread_move_plan, consequence: m.thread_plan_consequence, from: ['draft'], verb: verbs.adoptPlan, schema: nothing, run: commands.adoptPlan }),
		move({ kind, name: 'start', label: m.thread_move_start, consequence: m.thread_start_consequence, from: ['planned'], verb: verbs.startPlan, schema: nothing, run: commands.startPlan }),
		move({ kind, name: 'finish', label: m.thread_move_finish, consequence: m.thread_finish_consequence, from: ['planned', 'under_way'], verb: verbs.finishPlan, schema: nothing, run: commands.finishPlan }),
		move({ kind, name: 'cancel', label: m.thread_move_cancel, consequence: m.thread_cancel_consequence, from: ['draft', 'planned', 'under_way'], verb: verbs.cancelPlan, schema: nothing, run: commands.cancelPlan }),
		move({
			kind, name: 'cite', label: m.thread_move_cite, consequence: m.thread_cite_consequence, from: ['done'], verb: verbs.citeForPlan, schema: z.object({ gaps: idList, priorities: idList }),
			fields: async (tx, place) => (await planDesk.fields(tx, place)).filter((field) => field.type === 'checkboxes'),
			run: commands.citeForPlan
		})
	],
	withdraw: withdrawal(kind, ['draft', 'planned', 'under_way', 'done', 'cancelled'], verbs.withdrawPlan, commands.withdrawPlan),
	next: [{ path: 'results', param: 'plan', from: ['planned', 'under_way', 'done'], label: m.thread_next_result }]
};
