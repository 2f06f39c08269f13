import type { RequestEvent } from '@sveltejs/kit';
import { organisationOptions, placeOptions, type ProgrammeFacts } from '#modules/network/queries.server.ts';
import { barriers } from '#modules/gaps/gap.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { m } from '#paraglide/messages.js';
import type { Tx } from '#platform/database.server.ts';
import { localText, type Locale } from '#platform/locales.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { dayIn, daysBetween } from '#thread/days.ts';
import { recordPath } from '#thread/paths.ts';
import { stateOfGaps } from '#thread/queries.server.ts';
import type { GapState, StepFact } from '#thread/state.ts';
import { barrierWord } from '../barriers.ts';
import { reasonText } from '../reasons.ts';
import { drawnSteps } from '../[records]/linked.server.ts';

/** Everything the cockpit shows, as the address narrows it. Four statements, however many gaps. */
export async function readCockpit(tx: Tx, event: Pick<RequestEvent, 'url' | 'locals'>, programme: ProgrammeFacts) {
	const { locale } = event.locals;
	const get = (name: string): string => event.url.searchParams.get(name) ?? '';
	const filters = { place: get('place'), barrier: get('barrier'), organisation: get('organisation') };
	const places = await placeOptions(tx, programme.id, 'mahalla');
	const organisations = await organisationOptions(tx, programme.id);
	const today = dayIn(new Date(), programme.timeZone);
	const states = await stateOfGaps(tx, programme.id, { today, stalledAfterDays: programme.stalledAfterDays }, {
		places: filters.place ? subtree(places, filters.place) : undefined,
		barrier: filters.barrier || undefined,
		organisation: filters.organisation || undefined
	});
	const placeNames = new Map(places.map((place) => [place.id, localText(place.name, locale).text]));
	return {
		filters,
		rows: states.map((state) => rowOf(state, programme.id, today, locale, placeNames)),
		broken: states.filter((state) => state.worst.state === 'broken').length,
		late: states.filter((state) => state.worst.state === 'late').length,
		options: {
			places: places.filter((place) => place.kind === 'region').map((place) => ({ value: place.id, label: placeNames.get(place.id) ?? '' })),
			barriers: barriers.map((value) => ({ value, label: barrierWord(value) })),
			organisations: organisations.map((each) => ({ value: each.id, label: localText(each.name, locale).text }))
		}
	};
}

type Tone = 'broken' | 'late' | 'ok' | 'plain';
const toneOf = ({ state, step }: StepFact): Tone => (state === 'broken' || state === 'late' ? state : step === 'change' ? 'ok' : 'plain');

function rowOf({ gap, steps, worst }: GapState, programmeId: string, today: string, locale: Locale, places: ReadonlyMap<string, string>) {
	const title = localText(gap.title, locale);
	return {
		id: gap.id,
		code: codeOf('gap', gap.number),
		title: title.text,
		lang: title.locale,
		href: localizeHref(recordPath(programmeId, 'gap', gap.id)),
		place: gap.placeId ? (places.get(gap.placeId) ?? '–') : m.thread_whole_programme(),
		barrier: barrierWord(gap.facts.barrier ?? ''),
		steps: drawnSteps(steps, today, locale),
		tone: toneOf(worst),
		since: worst.since ?? null,
		words: worst.reason && worst.since ? reasonText(worst.reason, daysBetween(worst.since, today), locale) : worst.step === 'change' ? m.thread_changed_verified() : m.thread_on_its_way()
	};
}

function subtree(places: readonly { id: string; parentId: string | null }[], top: string): Set<string> {
	const inside = new Set([top]);
	for (const place of places) if (place.parentId && inside.has(place.parentId)) inside.add(place.id);
	return inside;
}
