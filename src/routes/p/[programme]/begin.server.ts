import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';

/** The first steps of a programme's thread, and whether the actor sees something at each. */
export type Beginning = { questionnaire: boolean; round: boolean; evidence: boolean; finding: boolean; gap: boolean };

/** How far a programme has come; null once there is a gap, for then the cockpit tells. */
export async function beginningOf(tx: Tx, programmeId: string): Promise<Beginning | null> {
	const { rows } = await sql<Beginning>`select
		exists (select from assessment.instrument where programme_id = ${programmeId}::uuid) as questionnaire,
		exists (select from assessment.round where programme_id = ${programmeId}::uuid) as round,
		exists (select from assessment.figure where programme_id = ${programmeId}::uuid)
			or exists (select from assessment.quotation where programme_id = ${programmeId}::uuid)
			or exists (select from assessment.document where programme_id = ${programmeId}::uuid) as evidence,
		exists (select from assessment.finding where programme_id = ${programmeId}::uuid) as finding,
		exists (select from gaps.gap where programme_id = ${programmeId}::uuid) as gap`.execute(tx);
	const [found] = rows;
	return found && !found.gap ? found : null;
}
