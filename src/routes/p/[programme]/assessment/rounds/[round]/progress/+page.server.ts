import type { PageServerLoad } from './$types.js';
import { followRound } from '#modules/assessment/fieldwork/permits.ts';
import { roundProgress } from '#modules/assessment/fieldwork/progress-queries.server.ts';
import { placeRows, progressColumns, progressMap, sortProgress, teamRows } from '#modules/assessment/fieldwork/progress-table.ts';
import { getProgramme } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { localizeHref } from '#paraglide/runtime.js';
import { permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { fold } from '#platform/search-fold.ts';
import { readTableQuery } from '#ui/table.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round } = event.params;
		const { locale } = event.locals;
		const { timeZone } = await getProgramme(tx, programme);
		const progress = await roundProgress(tx, await permit(tx, followRound, round), timeZone, locale);
		const columns = progressColumns(m.assessment_place({}, { locale }), locale).map(({ text: _text, value: _value, ...head }) => head);
		const query = readTableQuery(event.url, columns, { pageSize: 100 });
		const teamQuery = readTableQuery(event.url, columns, { pageSize: 100, prefix: 't-' });
		const all = placeRows(progress.places, locale);
		const found = query.search === '' ? all : all.filter((row) => fold(row.label).includes(fold(query.search)));
		const teams = teamRows(progress.teams, (id) => localizeHref(`/p/${programme}/assessment/rounds/${round}/teams/${id}`));
		return {
			whole: progress.whole,
			share: progress.share,
			period: progress.period,
			flags: progress.flags,
			map: progressMap(progress, locale),
			places: { rows: sortProgress(found, query.sort, locale).slice(query.offset, query.offset + query.pageSize), matching: found.length, total: all.length, query },
			teams: { rows: sortProgress(teams, teamQuery.sort, locale), query: teamQuery },
			behind: [...teams, ...all.filter((row) => row.key !== 'elsewhere')].filter((row) => row.standing === 'far-behind' || row.standing === 'behind').map((row) => ({ key: row.key, label: row.label, received: row.received, expected: row.expected ?? 0, far: row.standing === 'far-behind' }))
		};
	});
