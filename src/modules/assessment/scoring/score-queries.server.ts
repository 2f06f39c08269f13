import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { notFound } from '#platform/problem.ts';

/** A score that was written down. @throws Problem `not-found` */
export async function getScore(tx: Tx, programmeId: string, id: string) {
	const found = await tx
		.selectFrom('assessment.score as s')
		.innerJoin('assessment.round as r', 'r.id', 's.roundId')
		.leftJoin('network.person as p', 'p.id', 's.createdBy')
		.leftJoin('assessment.serviceAssessment as a', 'a.id', 's.assessmentId')
		.selectAll('s')
		.select(['r.name as round', 'p.displayName as author', 'a.signedRevision'])
		.where('s.id', '=', id)
		.where('s.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!found) throw notFound();
	const findings = await tx
		.selectFrom('assessment.findingScore as c')
		.innerJoin('assessment.finding as f', 'f.id', 'c.findingId')
		.select(['f.id', 'f.number', 'f.statement', 'f.state'])
		.where('c.scoreId', '=', id)
		.orderBy('f.number')
		.execute();
	return { score: found, findings };
}

/** Whether a finding rests on a single service's score that the service has not agreed to publish. */
export async function restsOnUntoldScore(tx: Tx, findingId: string): Promise<boolean> {
	const { rows } = await sql<{ untold: number[] }>`select assessment.untold_scores(array[${findingId}]::uuid[]) as untold`.execute(tx);
	return (rows[0]?.untold.length ?? 0) > 0;
}
