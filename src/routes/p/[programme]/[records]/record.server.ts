import { historyOf } from '#platform/record-history.server.ts';
import { localText } from '#platform/locales.ts';
import { codeOf } from '#platform/numbers.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { placeOptions, whoCanSee, type MyRole, type ProgrammeFacts } from '#modules/network/queries.server.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { dayIn } from '#thread/days.ts';
import { downstreamOf, fellOn, isLive, standing } from '#thread/graph.ts';
import { lineAround } from '#thread/line.ts';
import { threadPath } from '#thread/paths.ts';
import { loadThread } from '#thread/queries.server.ts';
import type { Desk, Place } from './desks/desk.server.ts';
import { desks } from './desks/all.server.ts';
import { drawnSteps, linked, linkedAll } from './linked.server.ts';

/** Everything the page of one record shows. */
export async function readRecord(tx: Tx, desk: Desk, programme: ProgrammeFacts, roles: readonly MyRole[], place: Place, id: string) {
	const { locale, programmeId } = place;
	const view = await desk.show(tx, place, id);
	const graph = await loadThread(tx, programmeId);
	const today = dayIn(new Date(), programme.timeZone);
	const holders = await whoCanSee(tx, desk.readers, programmeId, view.placeId);
	const places = await placeOptions(tx, programmeId, 'mahalla');
	const placeName = places.find((each) => each.id === view.placeId)?.name;
	const moves = [];
	for (const move of desk.moves) {
		if (!move.from.includes(view.state) || !(await move.may(tx, id))) continue;
		moves.push({ name: move.name, label: move.label(), consequence: move.consequence(), fields: await move.fields(tx, place) });
	}
	const knot = graph.knots.get(id);
	// What stands on nothing carries nothing new before it stands again.
	const onNothing = knot !== undefined && isLive(knot) && !standing(graph)(id);
	const holds = (wanted: readonly string[]): boolean => roles.some(({ role }) => wanted.includes(role));
	const { title, texts, facts, state, withdrawnReason, told = null } = view;
	const shown = localText(title, locale);
	return {
		id,
		kind: desk.kind,
		step: desk.step,
		code: codeOf(desk.kind, view.number),
		title: shown.text,
		lang: shown.locale,
		state,
		withdrawnReason,
		onNothing: onNothing ? { since: fellOn(graph, [id]) ?? null } : null,
		place: placeName ? localText(placeName, locale).text : null,
		texts: texts.flatMap(({ label, text }) => {
			const { text: written, locale: lang } = localText(text, locale);
			return written === '' ? [] : [{ label, text: written, lang }];
		}),
		facts,
		told: told?.map(({ note, document, ...rest }) => {
			const said = localText(note, locale);
			return { ...rest, note: said.text, lang: said.locale, document: document && { id: document.id, title: localText(document.title, locale).text } };
		}) ?? null,
		steps: drawnSteps(lineAround(graph, id, { today, stalledAfterDays: programme.stalledAfterDays }), today, locale, localizeHref(threadPath(programmeId, desk.kind, id))),
		thread: localizeHref(threadPath(programmeId, desk.kind, id)),
		// What a gap became, and by what it counts as met, is told apart from what it rests on.
		restsOn: linkedAll(graph, programmeId, (graph.restsOn.get(id) ?? []).filter((strand) => strand.way !== 'lineage' && strand.way !== 'met').map((strand) => strand.cited), locale),
		carries: linkedAll(graph, programmeId, (graph.carries.get(id) ?? []).map((strand) => strand.citing), locale).rows,
		fallen: state === 'withdrawn' ? downstreamOf(graph, id).fallen.map((knot) => linked(programmeId, knot, locale)) : [],
		who: holders.map((holder) => ({ name: holder.displayName, role: holder.role })),
		history: await historyOf(tx, desk.table, id),
		moves,
		mayEdit: desk.editable.includes(state) && desk.mayEdit !== undefined && (await desk.mayEdit(tx, id)),
		mayWithdraw: desk.withdraw.from.includes(state) && (await desk.withdraw.may(tx, id)),
		next: desk.next.flatMap((next) => {
			const there = desks.find((each) => each.path === next.path);
			if (!there || onNothing || !next.from.includes(state) || !holds(there.writers)) return [];
			return [{ label: next.label(), href: localizeHref(`/p/${programmeId}/${next.path}/new?${next.param}=${id}`) }];
		})
	};
}
