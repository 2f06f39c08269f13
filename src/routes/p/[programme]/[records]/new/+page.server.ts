import type { Actions, PageServerLoad } from './$types.js';
import { reading } from '#platform/request.server.ts';
import { deskAt } from '../desks/all.server.ts';
import { dayIn } from '#thread/days.ts';

export const load: PageServerLoad = async (event) => {
	const { programme } = await event.parent();
	const desk = deskAt(event.params.records, event.locals.locale);
	const place = { programmeId: programme.id, locale: event.locals.locale, timeZone: programme.timeZone };
	return {
		path: desk.path,
		words: { title: desk.words.title(), create: desk.words.create() },
		today: dayIn(new Date(), programme.timeZone),
		values: desk.preset?.(event.url) ?? {},
		fields: await reading(event, (tx) => desk.fields(tx, place))
	};
};

export const actions: Actions = {
	default: (event) => deskAt(event.params.records, event.locals.locale).create(event, event.params.programme)
};
