import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { followRound } from '#modules/assessment/fieldwork/permits.ts';
import { roundProgress } from '#modules/assessment/fieldwork/progress-queries.server.ts';
import { placeRows, progressColumns, teamRows, type ProgressRow } from '#modules/assessment/fieldwork/progress-table.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { getProgramme } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { permit } from '#platform/permit.server.ts';
import { personOf, reading } from '#platform/request.server.ts';
import { exportResponse } from '#platform/spreadsheet.server.ts';

/** Progress as a file: places and teams (one sheet each; CSV holds the places). */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { programme, round, format } = event.params;
	if (format !== 'xlsx' && format !== 'csv') error(404);
	const { locale } = event.locals;
	const progress = await reading(event, async (tx) => {
		const { timeZone } = await getProgramme(tx, programme);
		await roundInstrument(tx, programme, round); // a round of this very programme
		return roundProgress(tx, await permit(tx, followRound, round), timeZone, locale);
	});
	const sheet = (name: string, of: string, rows: readonly ProgressRow[]) => {
		const columns = progressColumns(of, locale);
		return { name, columns: columns.map((column) => column.label), rows: rows.map((row) => columns.map((column) => column.value(row))) };
	};
	const places = sheet(m.assessment_places({}, { locale }), m.assessment_place({}, { locale }), placeRows(progress.places, locale));
	const teams = sheet(m.fieldwork_teams({}, { locale }), m.fieldwork_team({}, { locale }), teamRows(progress.teams, () => ''));
	return exportResponse(format, 'progress', [places, teams]);
};
