import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { answerFilter } from './filter.server.ts';
import { listAnswers } from '#modules/assessment/answer-queries.server.ts';
import { answerColumns } from '#modules/assessment/answers.ts';
import { reviewMany } from '#modules/assessment/fieldwork/bulk-review.server.ts';
import { reviewStates } from '#modules/assessment/collection/review.ts';
import { reviewAnswers } from '#modules/assessment/fieldwork/permits.ts';
import { isNamedAnalyst, readSubmissions } from '#modules/assessment/permits.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { getProgramme } from '#modules/network/queries.server.ts';
import { newId } from '#platform/ids.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { readTableQuery } from '#ui/table.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: roundId } = event.params;
		const { instrument } = await roundInstrument(tx, programme, roundId);
		if (!(await isNamedAnalyst(tx, roundId))) return { table: null };
		const columns = answerColumns(instrument, event.locals.locale, (await getProgramme(tx, programme)).timeZone);
		const query = readTableQuery(event.url, columns, { sort: '-received' });
		const filter = answerFilter(event.url);
		const { rows, matching, total } = await listAnswers(tx, await permit(tx, readSubmissions, roundId), instrument, query, filter);
		const texts = rows.map((row) => ({ id: row.id, cells: Object.fromEntries(columns.map((column) => [column.key, column.text(row)])) }));
		const heads = columns.map(({ text: _text, ...column }) => column);
		const teams = await tx.selectFrom('assessment.team').select(['id', 'name']).where('roundId', '=', roundId).orderBy('name').execute();
		return {
			table: { rows: texts, heads, matching, total, query, filter, teams },
			reviews: await mayI(tx, reviewAnswers, roundId),
			ticked: event.url.searchParams.get('tick') === 'all',
			freshId: newId()
		};
	});

const many = z.object({
	id: z.uuid(),
	state: z.enum(reviewStates),
	note: z.string().trim().max(2000).default(''),
	answers: z.preprocess((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]), z.array(z.uuid()).min(1, 'bulk.nothing-ticked').max(200))
});

export const actions: Actions = {
	review: (event) =>
		acting(event, many, async (tx, fields) => {
			const { programme, round } = event.params;
			await reviewMany(tx, await permit(tx, reviewAnswers, round), fields);
			const search = new URLSearchParams(event.url.search);
			for (const name of ['/review', 'tick']) search.delete(name);
			return `/p/${programme}/assessment/rounds/${round}/answers?${search.toString()}`;
		})
};
