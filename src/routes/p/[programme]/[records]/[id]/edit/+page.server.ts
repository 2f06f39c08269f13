import { error } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';
import { problemText } from '#platform/problem-text.ts';
import { reading } from '#platform/request.server.ts';
import { deskAt } from '../../desks/all.server.ts';
import { one } from '../../fields.ts';

export const load: PageServerLoad = async (event) => {
	const { programme } = await event.parent();
	const { locale } = event.locals;
	const desk = deskAt(event.params.records, locale);
	const place = { programmeId: programme.id, locale, timeZone: programme.timeZone };
	return reading(event, async (tx) => {
		const { version, ...values } = await desk.stored(tx, programme.id, event.params.id);
		if (!desk.mayEdit || !(await desk.mayEdit(tx, event.params.id))) error(403, { message: problemText('not-permitted', {}, locale), code: 'not-permitted' });
		return { path: desk.path, id: event.params.id, title: desk.words.title(), values, version: one({ version: version ?? '' }, 'version') ?? '', fields: await desk.fields(tx, place) };
	});
};

export const actions: Actions = {
	default: (event) => {
		const { edit } = deskAt(event.params.records, event.locals.locale);
		if (!edit) error(404, { message: problemText('not-found', {}, event.locals.locale), code: 'not-found' });
		return edit(event, event.params.programme, event.params.id);
	}
};
