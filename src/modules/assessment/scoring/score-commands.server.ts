import { createHash } from 'node:crypto';
import { canonical } from '#platform/canonical.ts';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound } from '#platform/problem.ts';
import { personIdOf } from '../author.ts';
import { togetherOf } from './queries.server.ts';
import type { ScoreFields } from './scoring.ts';

const table = 'assessment.score';
const hashOf = (result: unknown): Buffer => createHash('sha256').update(canonical(result)).digest();

/**
 * Writes down a signed score of one service, to be cited. The same score is written once; who asks again gets the first.
 * @throws Problem `not-found` (404) when there is no such result, or it is not open to the actor
 */
export async function writeScore(tx: Tx, permit: Permit<'score.write'>, { area, title }: ScoreFields, id: string = newId()): Promise<string> {
	const { id: assessmentId, programmeId, placeId } = permit.subject;
	const { signedRevision, roundId } = await tx.selectFrom('assessment.serviceAssessment').select(['signedRevision', 'roundId']).where('id', '=', assessmentId).executeTakeFirstOrThrow();
	if (signedRevision === null) throw notFound();
	const found = await tx
		.selectFrom('assessment.areaResult')
		.select(['criteria', 'meanCivil', 'meanAuthority', 'shareCivil', 'shareAuthority', 'detail'])
		.where('assessmentId', '=', assessmentId)
		.where('revision', '=', signedRevision)
		.where('area', '=', area)
		.executeTakeFirst();
	if (!found) throw notFound();
	const there = await tx.selectFrom('assessment.score').select('id').where('assessmentId', '=', assessmentId).where('revision', '=', signedRevision).where('area', '=', area).executeTakeFirst();
	if (there) return there.id;
	const { criteria, ...result } = found;
	const row = { id, programmeId, placeId, number: await nextNumber(tx, programmeId, 'score'), roundId, assessmentId, revision: signedRevision, area, title, services: 1, criteria };
	await tx.insertInto('assessment.score').values({ ...row, result: JSON.stringify(result), resultSha256: hashOf(result), createdBy: personIdOf(permit), createdAt: momentOf(tx) }).execute();
	await journal(tx, permit, { table, id, after: { ...row, result } });
	return id;
}

/** Writes down what a closed set's services come to together in an area. @throws Problem `not-found` (404) when that is not shown */
export async function writeSetScore(tx: Tx, permit: Permit<'score.write-together'>, { area, title }: ScoreFields, id: string = newId()): Promise<string> {
	const { id: setId, programmeId } = permit.subject;
	const { roundId } = await tx.selectFrom('assessment.scoringSet').select('roundId').where('id', '=', setId).executeTakeFirstOrThrow();
	const result = (await togetherOf(tx, setId)).find((each) => each.area === area);
	if (!result) throw notFound();
	const there = await tx.selectFrom('assessment.score').select('id').where('setId', '=', setId).where('area', '=', area).executeTakeFirst();
	if (there) return there.id;
	const row = { id, programmeId, number: await nextNumber(tx, programmeId, 'score'), roundId, setId, area, title, services: result.services, criteria: result.criteria };
	await tx.insertInto('assessment.score').values({ ...row, result: JSON.stringify(result), resultSha256: hashOf(result), createdBy: personIdOf(permit), createdAt: momentOf(tx) }).execute();
	await journal(tx, permit, { table, id, after: { ...row, result } });
	return id;
}
