import type { Tx } from '#platform/database.server.ts';
import type { Withdrawal } from './withdrawal.ts';

/** How often a piece of evidence was taken back and put back, newest first; who did it as far as the asker may know. */
export async function withdrawalsOf(tx: Tx, programmeId: string, id: string): Promise<Withdrawal[]> {
	return tx
		.selectFrom('assessment.withdrawal as w')
		.leftJoin('network.person as p', 'p.id', 'w.withdrawnBy')
		.leftJoin('network.person as q', 'q.id', 'w.reinstatedBy')
		.select(['w.id', 'w.reason', 'w.withdrawnAt', 'p.displayName as withdrawnBy', 'w.reinstatedAt', 'w.reinstatedReason', 'q.displayName as reinstatedBy'])
		.where('w.programmeId', '=', programmeId)
		.where('w.evidenceId', '=', id)
		.orderBy('w.withdrawnAt', 'desc')
		.orderBy('w.id')
		.execute();
}
