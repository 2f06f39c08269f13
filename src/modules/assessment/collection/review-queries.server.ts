import { z } from 'zod';
import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { shownName } from '#platform/shown-name.ts';
import { reviewStates, type Review, type SubmissionVersion } from './review.ts';

const stateSchema = z.enum(reviewStates);

/** How submission `s` stands, as one of `shownStates`: worked out from what is kept, so that it cannot disagree with it. */
export const shownStateSql = sql<string>`case when s.review_state = 'received' and s.replaces_id is not null then 'edited' else s.review_state end`;

/** All versions of a submission that the actor may see, the first one first. @param id any one of them */
export async function listVersions(tx: Tx, id: string): Promise<SubmissionVersion[]> {
	const origin = tx
		.selectFrom('assessment.submission as s')
		.select(sql<string>`coalesce(s.origin_id, s.id)`.as('origin'))
		.where('s.id', '=', id);
	const rows = await tx
		.selectFrom('assessment.submission')
		.select(['id', 'instanceId', 'receivedAt', 'reviewState', 'supersededBy'])
		.where((eb) => eb.or([eb('id', '=', origin), eb('originId', '=', origin)]))
		.orderBy('receivedAt')
		.orderBy('id')
		.execute();
	return rows.map(({ supersededBy, reviewState, ...row }) => ({ ...row, reviewState: stateSchema.parse(reviewState), current: supersededBy === null }));
}

/** What reviewers said of a submission and of its other versions, the newest first. */
export async function listReviews(tx: Tx, id: string): Promise<Review[]> {
	const versions = await listVersions(tx, id);
	if (versions.length === 0) return [];
	const rows = await tx
		.selectFrom('assessment.review as r')
		.innerJoin('network.person as p', 'p.id', 'r.personId')
		.select(['r.id', 'r.submissionId', 'r.state', 'r.note', 'r.reviewedAt', shownName('p').as('reviewer')])
		.where('r.submissionId', 'in', versions.map((version) => version.id))
		.orderBy('r.reviewedAt', 'desc')
		.execute();
	return rows.map((row) => ({ ...row, state: stateSchema.parse(row.state) }));
}
