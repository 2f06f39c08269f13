import type { PageServerLoad } from './$types.js';
import { listAssessments } from '#modules/assessment/scoring/queries.server.ts';
import { shownToDonors } from '#modules/assessment/scoring/score-queries.server.ts';
import { ownCounts } from '#modules/assessment/scoring/sheet-queries.server.ts';
import { arranged, assessmentColumns } from '#modules/assessment/scoring/ui/words.ts';
import { reading } from '#platform/request.server.ts';
import { readTableQuery } from '#ui/table.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const programmeId = event.params.programme;
		const columns = assessmentColumns(event.locals.locale);
		const query = readTableQuery(event.url, columns);
		const round = event.url.searchParams.get('round') ?? '';
		const all = await listAssessments(tx, programmeId);
		const found = arranged(all.filter((row) => round === '' || row.roundId === round), columns, query);
		const waiting = all.filter((row) => row.side !== null && ((row.state === 'scoring' && !(row.side === 'authority' ? row.authorityIn : row.civilIn)) || row.state === 'reconciling'));
		const scored = await ownCounts(tx, programmeId);
		return {
			shown: await shownToDonors(tx, programmeId),
			query,
			round,
			rows: found.slice(query.offset, query.offset + query.pageSize),
			matching: found.length,
			total: all.length,
			rounds: [...new Map(all.map((row) => [row.roundId, row.round]))].map(([id, name]) => ({ id, name })),
			waiting: waiting.map((row) => ({ ...row, scored: scored.get(row.id) ?? 0 }))
		};
	});
