import type { PageServerLoad } from './$types.js';
import { codeOf } from '#platform/codes.ts';
import { localText } from '#platform/locales.ts';
import { reading } from '#platform/request.server.ts';
import { barriers, gapStates, groups } from '#modules/gaps/gap.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { listPriorities } from '#modules/gaps/queries.server.ts';
import { mapPlaces } from '#modules/assessment/figures/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { localizeHref } from '#paraglide/runtime.js';
import { recordPath } from '#thread/paths.ts';
import { levelOf } from '#ui/regionMap.ts';
import { barrierWord } from '../barriers.ts';
import { places } from '../[records]/desks/choices.server.ts';
import { stateWord } from '../[records]/words.ts';
import { register, registerColumns, registerRow, triedWeights } from './register.server.ts';
import { endorsedText, groupWord } from './words.ts';

export const load: PageServerLoad = async (event) => {
	const { programme, me } = await event.parent();
	const { locale } = event.locals;
	return reading(event, async (tx) => {
		const { query, filters, all, found, total, endorsements } = await register(tx, programme, event.url);
		const beside = await listPriorities(tx, programme.id, { search: '', state: 'stands', place: filters.place || undefined, offset: 0, pageSize: 5 });
		const regions = (await mapPlaces(tx, programme.id)).map((region) => {
			const label = region.id.replaceAll('-', '');
			return { ...region, open: all.filter((row) => (row.state === 'open' || row.reopened) && row.placePath?.split('.').includes(label)).length };
		});
		const most = Math.max(0, ...regions.map((region) => region.open));
		return {
			columns: registerColumns(),
			rows: found.slice(query.offset, query.offset + query.pageSize).map((row) => registerRow(row, programme.id, locale)),
			matching: found.length,
			total,
			query: { ...query, columns: [...query.columns] },
			filters,
			trying: triedWeights(event.url) ?? null,
			may: { create: me.roles.some(({ role }) => verbs.draftGap.roles.includes(role)), coordinate: me.roles.some(({ role }) => role === 'coordinator') },
			regions: regions.map(({ id, code, name, open }) => ({ code, label: localText(name, locale).text, text: String(open), level: levelOf(open, most), href: `?place=${id}` })),
			beside: beside.rows.map((row) => {
				const words = localText(row.title, locale);
				return { id: row.id, code: codeOf('priority', row.number), title: words.text, lang: words.locale, href: localizeHref(recordPath(programme.id, 'priority', row.id)), day: row.day };
			}),
			options: {
				places: await places(tx, { programmeId: programme.id, locale, timeZone: programme.timeZone }),
				states: gapStates.map((value) => ({ value, label: stateWord(value) })),
				barriers: barriers.map((value) => ({ value, label: barrierWord(value) })),
				groups: groups.map((value) => ({ value, label: groupWord(value) })),
				endorsed: endorsements.map((value) => ({ value, label: value === 'dissent' ? m.gaps_stance_dissent() : endorsedText({ by: value, dissents: 0 }, locale) }))
			}
		};
	});
};
