import type { Tx } from '#platform/database.server.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { authorityTypes, organisationOptions, placeOptions } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import type { Kind } from '#thread/graph.ts';
import { citable } from '#thread/queries.server.ts';
import type { Choice } from '#ui/field.ts';
import { localText } from '#platform/locales.ts';
import type { FormField } from '../fields.ts';
import { stateWord } from '../words.ts';
import type { Place } from './desk.server.ts';

const indent = '\u2003';

/** The places of the programme, indented as in the tree. */
export async function places(tx: Tx, { programmeId, locale }: Place): Promise<Choice[]> {
	const found = await placeOptions(tx, programmeId);
	return found.map((place) => ({ value: place.id, label: indent.repeat(Math.max(0, place.depth - 1)) + localText(place.name, locale).text }));
}

/** Where a record lies; nothing chosen means the whole programme. */
export const placeField = async (tx: Tx, place: Place): Promise<FormField> => ({
	type: 'select',
	name: 'placeId',
	label: m.thread_field_place(),
	optional: true,
	placeholder: m.thread_whole_programme(),
	options: await places(tx, place)
});

/** Organisations of the programme; `authorities` only those that can be asked and can undertake. */
export async function organisations(tx: Tx, { programmeId, locale }: Place, authorities = false): Promise<Choice[]> {
	const found = await organisationOptions(tx, programmeId, authorities ? authorityTypes : undefined);
	return found.map((each) => ({ value: each.id, label: localText(each.name, locale).text }));
}

/** Ticking what a record rests on: everything of these kinds that the person sees and that is not withdrawn. */
export async function citing(tx: Tx, place: Place, kinds: readonly Kind[], field: { name: string; label: string; hint?: string; none: string }): Promise<FormField> {
	const found = await citable(tx, place.programmeId, kinds);
	const options = found.map((each) => ({
		value: each.id,
		label: `${codeOf(each.kind, each.number)} · ${localText(each.title, place.locale).text}`,
		hint: each.state === 'draft' ? stateWord(each.state) : undefined
	}));
	return { type: 'checkboxes', optional: true, ...field, options };
}
