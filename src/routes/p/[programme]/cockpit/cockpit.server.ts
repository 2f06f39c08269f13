import type { RequestEvent } from '@sveltejs/kit';
import { organisationOptions, placeOptions, type ProgrammeFacts } from '#modules/network/queries.server.ts';
import { barriers } from '#modules/gaps/gap.ts';
import type { Rank } from '#modules/gaps/ranking/rank.ts';
import { readRegister } from '#modules/gaps/ranking/queries.server.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { m } from '#paraglide/messages.js';
import type { Tx } from '#platform/database.server.ts';
import { localText, type Locale } from '#platform/locales.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { dayIn } from '#thread/days.ts';
import { recordPath } from '#thread/paths.ts';
import { stateOfGaps } from '#thread/queries.server.ts';
import type { GapState, StepFact } from '#thread/state.ts';
import { formatNumber } from '#ui/format.ts';
import { barrierWord } from '../barriers.ts';
import { holdsText, placeText } from '../gaps/words.ts';
import { reasonsText } from '../reasons.ts';
import { drawnSteps } from '../[records]/linked.server.ts';

/** Everything the cockpit shows, as the address narrows it. The number of statements does not depend on the number of gaps. */
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
	const ranks = new Map((await readRegister(tx, programme.id, today)).flatMap(({ id, rank }) => (rank ? [[id, rank] as const] : [])));
	const placeNames = new Map(places.map((place) => [place.id, localText(place.name, locale).text]));
	return {
		filters,
		rows: states.map((state) => ({ ...rowOf(state, programme.id, today, locale, placeNames), rank: rankWords(ranks.get(state.gap.id), ranks.size, locale) })),
		broken: states.filter((state) => state.worst.state === 'broken').length,
		late: states.filter((state) => state.worst.state === 'late').length,
		options: {
			places: places.filter((place) => place.kind === 'region').map((place) => ({ value: place.id, label: placeNames.get(place.id) ?? '' })),
			barriers: barriers.map((value) => ({ value, label: barrierWord(value) })),
			organisations: organisations.map((each) => ({ value: each.id, label: localText(each.name, locale).text }))
		}
	};
}

/** Which place a gap takes in the register and how steadily; empty where it has none. */
const rankWords = (rank: Rank | undefined, of: number, locale: Locale): string =>
	rank ? `${m.gaps_rank_of({ place: placeText(rank, locale), count: formatNumber(of, locale) })} (${holdsText(rank, locale)})` : '';

type Tone = 'broken' | 'late' | 'ok' | 'plain';
const toneOf = ({ state, step }: StepFact): Tone => (state === 'broken' || state === 'late' ? state : step === 'change' ? 'ok' : 'plain');

function rowOf({ gap, steps, worst, troubles }: GapState, programmeId: string, today: string, locale: Locale, places: ReadonlyMap<string, string>) {
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
		words: troubles.length > 0 ? reasonsText(troubles, today, locale) : worst.step === 'change' ? m.thread_changed_verified() : m.thread_on_its_way()
	};
}

function subtree(places: readonly { id: string; parentId: string | null }[], top: string): Set<string> {
	const inside = new Set([top]);
	for (const place of places) if (place.parentId && inside.has(place.parentId)) inside.add(place.id);
	return inside;
}
