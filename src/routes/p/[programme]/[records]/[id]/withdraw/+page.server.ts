import type { Actions, PageServerLoad } from './$types.js';
import { codeOf } from '#platform/numbers.server.ts';
import { localText } from '#platform/locales.ts';
import { reading } from '#platform/request.server.ts';
import { downstream } from '#thread/queries.server.ts';
import { deskAt } from '../../desks/all.server.ts';
import { linked } from '../../linked.server.ts';

export const load: PageServerLoad = async (event) => {
	const { programme } = await event.parent();
	const { locale } = event.locals;
	const desk = deskAt(event.params.records, locale);
	const place = { programmeId: programme.id, locale, timeZone: programme.timeZone };
	return reading(event, async (tx) => {
		const view = await desk.show(tx, place, event.params.id);
		const { fallen, weakened } = await downstream(tx, programme.id, event.params.id);
		return {
			path: desk.path,
			id: event.params.id,
			section: desk.words.title(),
			code: codeOf(desk.kind, view.number),
			title: localText(view.title, locale).text,
			fallen: fallen.map((knot) => linked(programme.id, knot, locale)),
			weakened: weakened.map((knot) => linked(programme.id, knot, locale))
		};
	});
};

export const actions: Actions = {
	default: (event) => deskAt(event.params.records, event.locals.locale).withdraw.act(event, event.params.programme, event.params.id)
};
