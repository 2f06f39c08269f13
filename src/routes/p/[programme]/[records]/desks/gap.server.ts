import { z } from 'zod';
import { idList } from '#platform/form-fields.ts';
import { m } from '#paraglide/messages.js';
import * as commands from '#modules/gaps/commands.server.ts';
import { barriers, gapFields, gapStates, groups } from '#modules/gaps/gap.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { getGap, listGaps } from '#modules/gaps/queries.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { localValues } from '../fields.ts';
import { barrierWord } from '../../barriers.ts';
import { groupWord } from '../../gaps/words.ts';
import { citing, placeField } from './choices.server.ts';
import { creating, editing, move, withdrawal, type Desk } from './desk.server.ts';

const kind = 'gap';
const nothing = z.object({});

export const gapDesk: Desk = {
	kind,
	table: 'gaps.gap',
	path: 'gaps',
	step: 'gap',
	readers: verbs.gapReaders,
	writers: verbs.draftGap.roles,
	words: { title: m.gaps_title, lede: m.gaps_lede, create: m.gaps_create, none: m.gaps_none, detail: m.gaps_field_barrier },
	states: gapStates,
	editable: ['draft', 'open'],
	details: barriers.map((value) => ({ value, label: () => barrierWord(value) })),
	list: listGaps,
	async show(tx, { programmeId }, id) {
		const gap = await getGap(tx, programmeId, id);
		return {
			...gap,
			texts: [
				{ label: m.gaps_field_description(), text: gap.description },
				{ label: m.gaps_field_for_whom(), text: gap.forWhom }
			],
			facts: [
				{ term: m.gaps_field_barrier(), detail: barrierWord(gap.barrier) },
				...(gap.groups.length > 0 ? [{ term: m.gaps_field_groups(), detail: gap.groups.map(groupWord).join(', ') }] : [])
			]
		};
	},
	fields: async (tx, place) => [
		{ type: 'local', name: 'title', label: m.gaps_field_title(), hint: m.gaps_hint_title(), maxlength: 200 },
		{ type: 'local', name: 'description', label: m.gaps_field_description(), long: true, optional: true, maxlength: 4000 },
		{ type: 'checkboxes', name: 'groups[]', label: m.gaps_field_groups(), optional: true, none: '', options: groups.map((value) => ({ value, label: groupWord(value) })) },
		{ type: 'local', name: 'forWhom', label: m.gaps_field_for_whom(), hint: m.gaps_hint_for_whom(), optional: true, maxlength: 500 },
		{ type: 'radios', name: 'barrier', label: m.gaps_field_barrier(), options: barriers.map((value) => ({ value, label: barrierWord(value) })) },
		await placeField(tx, place),
		await citing(tx, place, ['finding'], { name: 'findings[]', label: m.gaps_field_findings(), hint: m.gaps_hint_findings(), none: m.gaps_no_findings() })
	],
	preset: (url) => ({ 'findings[]': url.searchParams.getAll('finding'), placeId: url.searchParams.get('place') ?? '' }),
	async stored(tx, programmeId, id) {
		const gap = await getGap(tx, programmeId, id);
		return {
			...localValues('title', gap.title),
			...localValues('description', gap.description),
			...localValues('forWhom', gap.forWhom),
			barrier: gap.barrier,
			'groups[]': gap.groups,
			placeId: gap.placeId ?? '',
			'findings[]': gap.findings,
			version: gap.version
		};
	},
	create: creating(kind, gapFields, async (tx, programmeId, input) =>
		commands.draftGap(tx, await permit(tx, verbs.draftGap, { programmeId, placeId: input.placeId }), input)
	),
	edit: editing(kind, gapFields, verbs.editGap, commands.editGap),
	mayEdit: (tx, id) => mayI(tx, verbs.editGap, id),
	moves: [
		move({ kind, name: 'open', label: m.gaps_open, consequence: m.gaps_open_consequence, from: ['draft'], verb: verbs.openGap, schema: nothing, run: commands.openGap }),
		move({
			kind, name: 'close', label: m.gaps_close, consequence: m.gaps_close_consequence, from: ['open'], verb: verbs.closeGap, schema: z.object({ findings: idList }),
			fields: async (tx, place) => [await citing(tx, place, ['finding'], { name: 'findings[]', label: m.gaps_close_findings(), hint: m.gaps_close_findings_hint(), none: m.gaps_no_findings() })],
			run: (tx, may, { findings }) => commands.closeGap(tx, may, findings)
		}),
		move({ kind, name: 'reopen', label: m.gaps_reopen, consequence: m.gaps_reopen_consequence, from: ['closed'], verb: verbs.reopenGap, schema: nothing, run: commands.reopenGap }),
		move({
			kind, name: 'cite', label: m.thread_move_cite, consequence: m.thread_cite_consequence, from: ['closed'], verb: verbs.citeForGap, schema: z.object({ findings: idList }),
			fields: async (tx, place) => (await gapDesk.fields(tx, place)).filter((field) => field.name === 'findings[]'),
			run: (tx, may, { findings }) => commands.citeForGap(tx, may, findings)
		})
	],
	withdraw: withdrawal(kind, ['draft', 'open', 'closed'], verbs.withdrawGap, commands.withdrawGap),
	next: [
		{ path: 'trainings', param: 'gap', from: ['open'], label: m.thread_next_training },
		{ path: 'plans', param: 'gap', from: ['open'], label: m.thread_next_plan },
		{ path: 'recommendations', param: 'gap', from: ['open'], label: m.thread_next_recommendation }
	]
};
