import { error, redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { answerFilter } from '../filter.server.ts';
import { exportAnswers } from '#modules/assessment/answer-queries.server.ts';
import { answerColumns } from '#modules/assessment/answers.ts';
import { exportSubmissions } from '#modules/assessment/permits.ts';
import { getProgramme } from '#modules/network/queries.server.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { m } from '#paraglide/messages.js';
import { localizeHref } from '#paraglide/runtime.js';
import { codeOf } from '#platform/codes.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { Problem } from '#platform/problem.ts';
import { demandStepUp, personOf, reading } from '#platform/request.server.ts';
import { exportResponse } from '#platform/spreadsheet.server.ts';
import { readTableQuery } from '#ui/table.ts';

export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { programme, round: roundId, format } = event.params;
	if (format !== 'xlsx' && format !== 'csv') error(404);
	try {
		demandStepUp(event);
	} catch (thrown) {
		if (thrown instanceof Problem) redirect(303, `${localizeHref('/step-up')}?to=${encodeURIComponent(event.url.pathname + event.url.search)}`);
		throw thrown;
	}
	const { locale } = event.locals;
	const filter = answerFilter(event.url);
	const { columns, found, name, code } = await reading(event, async (tx) => {
		const { instrument, name, number } = await roundInstrument(tx, programme, roundId);
		const may = await permit(tx, exportSubmissions, roundId);
		const columns = answerColumns(instrument, locale, (await getProgramme(tx, programme)).timeZone);
		const query = readTableQuery(event.url, columns, { sort: '-received' });
		const found = await exportAnswers(tx, may, instrument, query, filter);
		return { columns: columns.filter((column) => query.columns.has(column.key)), found, name: localText(name, locale).text, code: codeOf('round', number) };
	});
	const { rows, total } = found;
	const answers = { name: m.assessment_answers(), columns: columns.map((column) => column.label), rows: rows.map((row) => columns.map((column) => column.text(row))) };
	const about = {
		name: m.assessment_export_about(),
		columns: [m.assessment_rounds(), `${code} ${name}`],
		rows: [
			[m.assessment_export_rows(), m.assessment_export_of({ n: rows.length, m: total })],
			[m.assessment_export_made(), new Date().toISOString()]
		]
	};
	return exportResponse(format, `${code}-${rows.length}-${total}`, [answers, about]);
};
