import { sql } from 'kysely';
import type { Tx } from './database.server.ts';
import type { RecordTable } from './record.server.ts';

/** A line of a record's journal, for who sees the record. */
export type HistoryEntry = { at: Date; verb: string; who: string | null; task: string | null };

/** Who did what to a record, and when, newest first. A person the reader does not know of stays unnamed. */
export async function historyOf(tx: Tx, table: RecordTable | 'assessment.finding', id: string): Promise<HistoryEntry[]> {
	const { rows } = await sql<HistoryEntry>`select j.at, j.verb, network.shown_name(p) as who, case when j.actor_kind = 'system' then j.actor_id end as task
		from platform.journal j left join network.person p on j.actor_kind = 'person' and p.id::text = j.actor_id
		where j.subject_table = ${table} and j.subject_id = ${id}::uuid order by j.seq desc limit 200`.execute(tx);
	return rows;
}
