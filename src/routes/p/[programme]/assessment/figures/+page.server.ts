import type { PageServerLoad } from './$types.js';
import { listFigures } from '#modules/assessment/figures/queries.server.ts';
import { listRounds } from '#modules/assessment/round-queries.server.ts';
import { figureColumns, figureFilter } from '#modules/assessment/ui/figure-columns.ts';
import { codeOf } from '#platform/codes.ts';
import { localText } from '#platform/locales.ts';
import { reading } from '#platform/request.server.ts';
import { readTableQuery } from '#ui/table.ts';

export const load: PageServerLoad = async (event) => {
	const { timeZone } = (await event.parent()).programme;
	return reading(event, async (tx) => {
		const { programme } = event.params;
		const { locale } = event.locals;
		const query = readTableQuery(event.url, figureColumns(locale, timeZone), { sort: '-code' });
		const filter = figureFilter(event.url.searchParams);
		const rounds = await listRounds(tx, programme);
		return {
			query,
			filter,
			rounds: rounds.map((round) => ({ id: round.id, label: `${codeOf('round', round.number)} ${localText(round.name, locale).text}` })),
			...(await listFigures(tx, programme, query, filter))
		};
	});
};
