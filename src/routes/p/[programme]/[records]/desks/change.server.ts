import { z } from 'zod';
import { idList } from '#platform/form-fields.ts';
import { m } from '#paraglide/messages.js';
import * as commands from '#modules/policy/change-commands.server.ts';
import { changeFields, changeStates } from '#modules/policy/change.ts';
import * as verbs from '#modules/policy/permits.ts';
import { getChange, listChanges } from '#modules/policy/queries.server.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { citable } from '#thread/queries.server.ts';
import { localValues } from '../fields.ts';
import { organisations, placeField } from './choices.server.ts';
import { dayText } from './days.server.ts';
import { creating, editing, move, said, withdrawal, type Desk } from './desk.server.ts';
import { evidenceFields } from './evidence.server.ts';

const kind = 'change';

export const changeDesk: Desk = {
	kind,
	table: 'policy.change',
	path: 'changes',
	step: 'change',
	readers: verbs.policyReaders,
	writers: verbs.draftChange.roles,
	words: {
		title: m.policy_changes_title, lede: m.policy_changes_lede, create: m.policy_changes_create, none: m.policy_changes_none,
		day: m.policy_field_verified_on, organisation: m.policy_field_verified_by
	},
	states: changeStates,
	editable: ['draft'],
	list: listChanges,
	async show(tx, place, id) {
		const row = await getChange(tx, place.programmeId, id);
		return {
			...row,
			title: row.statement,
			texts: [],
			facts: [
				{ term: m.policy_field_verified_by(), detail: said(row.verifierName, place) || '–' },
				{ term: m.policy_field_verified_on(), detail: dayText(row.verifiedOn, place) }
			]
		};
	},
	fields: async (tx, place) => [
		{
			type: 'select',
			name: 'commitmentId',
			label: m.policy_field_from_commitment(),
			options: (await citable(tx, place.programmeId, ['commitment'])).map((each) => ({ value: each.id, label: `${codeOf('commitment', each.number)} · ${said(each.title, place)}` }))
		},
		{ type: 'local', name: 'statement', label: m.policy_field_change(), hint: m.policy_hint_change(), long: true, maxlength: 2000 },
		{ type: 'select', name: 'verifiedBy', label: m.policy_field_verified_by(), options: await organisations(tx, place) },
		{ type: 'date', name: 'verifiedOn', label: m.policy_field_verified_on() },
		await placeField(tx, place),
		...(await evidenceFields(tx, place))
	],
	preset: (url) => ({ commitmentId: url.searchParams.get('commitment') ?? '' }),
	async stored(tx, programmeId, id) {
		const row = await getChange(tx, programmeId, id);
		return {
			...localValues('statement', row.statement),
			commitmentId: row.commitmentId,
			verifiedBy: row.verifiedBy,
			verifiedOn: row.verifiedOn,
			placeId: row.placeId ?? '',
			'figures[]': row.figures,
			'quotations[]': row.quotations,
			'documents[]': row.documents,
			version: row.version
		};
	},
	create: creating(kind, changeFields, async (tx, programmeId, input) =>
		commands.draftChange(tx, await permit(tx, verbs.draftChange, { programmeId, placeId: input.placeId }), input)
	),
	edit: editing(kind, changeFields, verbs.editChange, commands.editChange),
	mayEdit: (tx, id) => mayI(tx, verbs.editChange, id),
	moves: [
		move({ kind, name: 'verify', label: m.policy_verify, consequence: m.policy_verify_consequence, from: ['draft'], verb: verbs.verifyChange, schema: z.object({}), run: commands.verifyChange }),
		move({
			kind, name: 'cite', label: m.thread_move_cite, consequence: m.thread_cite_consequence, from: ['stands'], verb: verbs.citeForChange, schema: z.object({ figures: idList, quotations: idList, documents: idList }),
			fields: async (tx, place) => (await changeDesk.fields(tx, place)).filter((field) => field.type === 'checkboxes'),
			run: commands.citeForChange
		})
	],
	withdraw: withdrawal(kind, ['draft', 'stands'], verbs.withdrawChange, commands.withdrawChange),
	next: []
};
