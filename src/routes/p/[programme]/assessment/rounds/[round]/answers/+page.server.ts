import type { PageServerLoad } from './$types.js';
import { listAnswers } from '#modules/assessment/answer-queries.server.ts';
import { answerColumns } from '#modules/assessment/answers.ts';
import { isNamedAnalyst, readSubmissions } from '#modules/assessment/permits.ts';
import { roundInstrument } from '#modules/assessment/round-queries.server.ts';
import { permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';
import { readTableQuery } from '#ui/table.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, round: roundId } = event.params;
		const { instrument, name, number } = await roundInstrument(tx, programme, roundId);
		const about = { roundId, name, number };
		if (!(await isNamedAnalyst(tx, roundId))) return { ...about, table: null };
		const columns = answerColumns(instrument, event.locals.locale);
		const query = readTableQuery(event.url, columns, { sort: '-received' });
		const { searchParams } = event.url;
		const filter = { flagged: searchParams.get('flagged') === '1', question: searchParams.get('fq'), answer: searchParams.get('fa')?.trim() ?? '' };
		const { rows, matching, total } = await listAnswers(tx, await permit(tx, readSubmissions, roundId), instrument, query, filter);
		const texts = rows.map((row) => ({ id: row.id, cells: Object.fromEntries(columns.map((column) => [column.key, column.text(row)])) }));
		const heads = columns.map(({ text: _text, ...column }) => column);
		return { ...about, table: { rows: texts, heads, matching, total, query, filter } };
	});
