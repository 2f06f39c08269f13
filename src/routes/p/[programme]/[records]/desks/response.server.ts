import { m } from '#paraglide/messages.js';
import { organisationOptions } from '#modules/network/queries.server.ts';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { localValues, type FormField, type Values } from '../fields.ts';
import { citing, organisations, placeField } from './choices.server.ts';
import { dayText } from './days.server.ts';
import { said, type Place } from './desk.server.ts';

/** What trainings and action plans have in common. */
type Response = {
	title: LocalText;
	aim: LocalText;
	ownerId: string;
	placeId: string | null;
	startsOn: string;
	endsOn: string;
	gaps: string[];
	priorities: string[];
	version: string;
};

/** The form of a response: title, owner, dates, and what it responds to. */
export const responseFields = async (tx: Tx, place: Place, title: string): Promise<FormField[]> => [
	{ type: 'local', name: 'title', label: title, maxlength: 200 },
	{ type: 'local', name: 'aim', label: m.thread_field_aim(), hint: m.thread_hint_aim(), long: true, optional: true, maxlength: 4000 },
	{ type: 'select', name: 'ownerId', label: m.thread_field_owner(), options: await organisations(tx, place) },
	await placeField(tx, place),
	{ type: 'date', name: 'startsOn', label: m.thread_field_starts_on() },
	{ type: 'date', name: 'endsOn', label: m.thread_field_ends_on() },
	await citing(tx, place, ['gap'], { name: 'gaps[]', label: m.thread_field_gaps(), hint: m.thread_hint_ground(), none: m.thread_no_gaps() }),
	await citing(tx, place, ['priority'], { name: 'priorities[]', label: m.thread_field_priorities(), none: m.thread_no_priorities() })
];

export const responsePreset = (url: URL): Values => ({
	'gaps[]': url.searchParams.getAll('gap'),
	'priorities[]': url.searchParams.getAll('priority')
});

export const responseValues = (response: Response): Values => ({
	...localValues('title', response.title),
	...localValues('aim', response.aim),
	ownerId: response.ownerId,
	placeId: response.placeId ?? '',
	startsOn: response.startsOn,
	endsOn: response.endsOn,
	'gaps[]': response.gaps,
	'priorities[]': response.priorities,
	version: response.version
});

export async function responseFacts(tx: Tx, place: Place, response: Response): Promise<{ term: string; detail: string }[]> {
	const owner = (await organisationOptions(tx, place.programmeId)).find((each) => each.id === response.ownerId);
	return [
		{ term: m.thread_field_owner(), detail: said(owner?.name ?? null, place) || '–' },
		{ term: m.thread_field_starts_on(), detail: dayText(response.startsOn, place) },
		{ term: m.thread_field_ends_on(), detail: dayText(response.endsOn, place) }
	];
}
