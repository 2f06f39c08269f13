import type { PageServerLoad } from './$types.js';
import { reading } from '#platform/request.server.ts';
import { deskAt } from './desks/all.server.ts';
import { organisations, places } from './desks/choices.server.ts';
import { filterOf, listColumns, listRow, tableQuery } from './list.server.ts';
import { stateWord } from './words.ts';

export const load: PageServerLoad = async (event) => {
	const { programme, me } = await event.parent();
	const { locale } = event.locals;
	const desk = deskAt(event.params.records, locale);
	const query = tableQuery(desk, event.url);
	const filter = filterOf(desk, event.url, query);
	return reading(event, async (tx) => {
		const place = { programmeId: programme.id, locale, timeZone: programme.timeZone };
		const { rows, matching, total } = await desk.list(tx, programme.id, filter);
		const { title, lede, create, none, organisation, detail } = desk.words;
		return {
			path: desk.path,
			words: { title: title(), lede: lede(), create: create(), none: none(), organisation: organisation?.(), detail: detail?.() },
			columns: listColumns(desk).map(({ key, label, sortable, hidden, always }) => ({ key, label, sortable, hidden, always })),
			rows: rows.map((row) => listRow(desk, place, row)),
			matching,
			total,
			query: { ...query, columns: [...query.columns] },
			mayCreate: me.roles.some(({ role }) => desk.writers.includes(role)),
			filters: {
				place: filter.place ?? '',
				state: filter.state ?? '',
				organisation: filter.organisation ?? '',
				detail: filter.detail ?? ''
			},
			options: {
				places: await places(tx, place),
				states: desk.states.map((value) => ({ value, label: stateWord(value) })),
				organisations: desk.words.organisation ? await organisations(tx, place) : [],
				details: desk.details?.map(({ value, label }) => ({ value, label: label() })) ?? []
			}
		};
	});
};
