import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { shownNameIfAny } from '#platform/shown-name.ts';

/** A score that was written down. @throws Problem `not-found` */
export async function getScore(tx: Tx, programmeId: string, id: string) {
	const found = await tx
		.selectFrom('assessment.score as s')
		.innerJoin('assessment.round as r', 'r.id', 's.roundId')
		.leftJoin('network.person as p', 'p.id', 's.createdBy')
		.leftJoin('assessment.serviceAssessment as a', 'a.id', 's.assessmentId')
		.selectAll('s')
		.select(['r.name as round', shownNameIfAny('p').as('author'), 'a.signedRevision'])
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

/** The scores of an assessment that were kept as evidence, as far as they are open to the actor. */
export async function scoresOf(tx: Tx, assessmentId: string): Promise<string[]> {
	const rows = await tx.selectFrom('assessment.score').select('id').where('assessmentId', '=', assessmentId).orderBy('number').execute();
	return rows.map(({ id }) => id);
}

/** A result as donors see it: of a service that agreed to publication, or of services together (service null). */
export type ShownRow = { id: string; service: LocalText | null; services: number; area: string; title: LocalText; meanLow: number | null; meanHigh: number | null; shareLow: number | null; shareHigh: number | null; day: string };

/** What services of a programme agreed to show to donors; empty for anybody else. */
export async function shownToDonors(tx: Tx, programmeId: string): Promise<ShownRow[]> {
	const { rows } = await sql<ShownRow>`select * from assessment.shown_to_donors(${programmeId}::uuid) order by day desc, service::text nulls first, area`.execute(tx);
	return rows;
}
