import type { RequestHandler } from './$types.js';
import { readJournal } from '#modules/network/permits.ts';
import { listJournal } from '#platform/journal-list.server.ts';
import { permit } from '#platform/permit.server.ts';
import { exporting } from '../../../../exporting.server.ts';
import { journalFilter } from '../filter.ts';

export const GET: RequestHandler = (event) => {
	const { programme, format } = event.params;
	return exporting(event, format, `/p/${programme}/journal`, async (tx) => {
		await permit(tx, readJournal, programme);
		const { rows } = await listJournal(tx, programme, journalFilter(event.url), { offset: 0, pageSize: 1_000_000 });
		return {
			name: 'journal',
			columns: ['id', 'at', 'actor_kind', 'person', 'verb', 'subject_table', 'subject_id'],
			rows: rows.map((row) => [row.id, row.at.toISOString(), row.actorKind, row.person, row.verb, row.subjectTable, row.subjectId])
		};
	});
};
