import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { getProgramme } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { problemText } from '#platform/problem-text.ts';
import { personOf, reading } from '#platform/request.server.ts';
import { exportResponse } from '#platform/spreadsheet.server.ts';
import { needStepUp } from '../../step-up.server.ts';
import { stepWord, threadStateWord } from '../../step-words.ts';
import { readCockpit } from '../cockpit.server.ts';

/** The cockpit as a table: a gap a row, a step a column. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	needStepUp(event);
	const { format } = event.params;
	if (format !== 'xlsx' && format !== 'csv') error(404, { message: problemText('not-found', {}, event.locals.locale), code: 'not-found' });
	const { rows } = await reading(event, async (tx) => readCockpit(tx, event, await getProgramme(tx, event.params.programme)));
	const steps = rows[0]?.steps.map(({ step }) => stepWord(step)) ?? [];
	const table = {
		name: m.thread_cockpit_title(),
		columns: [m.thread_column_code(), m.thread_column_gap(), m.thread_field_place(), m.gaps_field_barrier(), m.gaps_priority(), ...steps, m.thread_column_since(), m.thread_column_why()],
		rows: rows.map((row) => [row.code, row.title, row.place, row.barrier, row.rank, ...row.steps.map((step) => threadStateWord(step.state)), row.since, row.words])
	};
	return exportResponse(format, 'cockpit', [table]);
};
