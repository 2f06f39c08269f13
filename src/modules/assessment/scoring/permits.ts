import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { defineVerb, type Role, type Subject } from '#platform/permit.server.ts';
import { sides, type Side } from './scale.ts';

/** Who may see that a service is scored and how far that is; mirrors the fence. Scores themselves open to narrower circles. */
export const scoringReaders: readonly Role[] = ['coordinator', 'member', 'analyst', 'reviewer', 'official'];
const runners: readonly Role[] = ['coordinator', 'analyst'];

const anywhere = async (tx: Tx, subject: Subject): Promise<boolean> => {
	const { rows } = await sql<{ may: boolean }>`select ${subject.programmeId}::uuid = any(network.programmes_with(${[...runners]}::text[])) as may`.execute(tx);
	return rows[0]?.may ?? false;
};

const round = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.round').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};
const assessment = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('assessment.serviceAssessment').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;
const scoringSet = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.scoringSet').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};

/** On which side the acting person scores here, if at all. */
export async function mySide(tx: Tx, assessmentId: string): Promise<Side | null> {
	const { rows } = await sql<{ side: string }>`select side from assessment.my_sides() where assessment_id = ${assessmentId}::uuid`.execute(tx);
	return sides.find((side) => side === rows[0]?.side) ?? null;
}
const scores = async (tx: Tx, subject: Subject): Promise<boolean> => (await mySide(tx, subject.id)) !== null;
const speaksForService = async (tx: Tx, subject: Subject): Promise<boolean> => {
	const { rows } = await sql<{ may: boolean }>`select ${subject.id}::uuid = any(assessment.own_assessments()) as may`.execute(tx);
	return rows[0]?.may ?? false;
};

export const startScoring = defineVerb('scoring.start', { anyone: true, when: anywhere, subject: round });
export const nameScorers = defineVerb('scoring.name', { anyone: true, when: anywhere, subject: assessment });
export const cancelScoring = defineVerb('scoring.cancel', { anyone: true, when: anywhere, subject: assessment });
/** Counting the services of a round together, once and for all. */
export const closeScoring = defineVerb('scoring.close', { anyone: true, when: anywhere, subject: round });

export const scoreCriteria = defineVerb('scoring.score', { anyone: true, when: scores, subject: assessment });
export const handInSheet = defineVerb('scoring.hand-in', { anyone: true, when: scores, subject: assessment });
export const takeBackSheet = defineVerb('scoring.take-back', { anyone: true, when: scores, subject: assessment });
export const settleDifferences = defineVerb('scoring.settle', { anyone: true, when: scores, subject: assessment });
export const signScores = defineVerb('scoring.sign', { anyone: true, when: scores, subject: assessment });
export const reopenScores = defineVerb('scoring.reopen', { anyone: true, when: scores, subject: assessment });

export const agreeToScores = defineVerb('scoring.agree', { anyone: true, when: speaksForService, subject: assessment });
export const withdrawAgreement = defineVerb('scoring.withdraw-agreement', { anyone: true, when: speaksForService, subject: assessment });

/** Writing a score down as evidence: who makes findings, and sees the score. The fence asks for the sight. */
export const writeScore = defineVerb('score.write', { anyone: true, when: anywhere, subject: assessment });
export const writeSetScore = defineVerb('score.write-together', { anyone: true, when: anywhere, subject: scoringSet });
