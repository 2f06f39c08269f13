import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { targetGround } from '#modules/assessment/fieldwork/target-queries.server.ts';
import { targetColumns } from '#modules/assessment/fieldwork/target.ts';
import { localText } from '#platform/locales.ts';
import { personOf, reading } from '#platform/request.server.ts';
import { exportResponse } from '#platform/spreadsheet.server.ts';

/** Targets as an import takes them in again: every place of the round, with the target it has. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { programme, round, format } = event.params;
	if (format !== 'xlsx' && format !== 'csv') error(404);
	const { locale } = event.locals;
	const { places, choices, there } = await reading(event, (tx) => targetGround(tx, programme, round, locale));
	const values = new Map(there.map((each) => [`${each.placeId}|${each.choice}`, each.target]));
	const rows = places.flatMap((place) =>
		['', ...choices.map((choice) => choice.name)].map((choice) => [place.code ?? place.id, localText(place.name, locale).text, choice, values.get(`${place.id}|${choice}`) ?? null])
	);
	return exportResponse(format, 'targets', [{ name: 'targets', columns: targetColumns, rows }]);
};
