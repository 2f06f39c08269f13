import { error } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';
import { problemText } from '#platform/problem-text.ts';
import { reading } from '#platform/request.server.ts';
import { deskAt } from '../desks/all.server.ts';
import { readGapMore } from '../../gaps/gap-page.server.ts';
import { readRecord } from '../record.server.ts';

export const load: PageServerLoad = async (event) => {
	const { programme, me } = await event.parent();
	const { locale } = event.locals;
	const desk = deskAt(event.params.records, locale);
	const place = { programmeId: programme.id, locale, timeZone: programme.timeZone };
	return {
		path: desk.path,
		section: desk.words.title(),
		moving: event.url.searchParams.get('name') ?? '',
		...(await reading(event, async (tx) => ({
			record: await readRecord(tx, desk, programme, me.roles, place, event.params.id),
			gap: desk.kind === 'gap' ? await readGapMore(tx, place, event.params.id) : null
		})))
	};
};

export const actions: Actions = {
	move: (event) => {
		const { locale } = event.locals;
		const name = event.url.searchParams.get('name');
		const move = deskAt(event.params.records, locale).moves.find((each) => each.name === name);
		if (!move) error(404, { message: problemText('not-found', {}, locale), code: 'not-found' });
		return move.act(event, event.params.programme, event.params.id);
	}
};
