import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { defineVerb, inProgramme, type InProgramme, type Subject } from '#platform/permit.server.ts';

/** Who may read what stands in this module; mirrors the fences in the database. The official addressed reads it too. */
export const policyReaders = ['coordinator', 'member', 'analyst', 'reviewer', 'official'] as const;


const recommendation = async (tx: Tx, id: string): Promise<Subject | null> => {
	const row = await tx
		.selectFrom('policy.recommendation')
		.select(['id', 'programmeId', 'placeId'])
		.where('id', '=', id)
		.executeTakeFirst();
	return row ?? null;
};
const commitment = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('policy.commitment').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;
const change = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('policy.change').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;

/** Whether the actor is an official of an organisation, wherever: an answer in own name is asked of the organisation, not of a place. */
async function speaksFor(tx: Tx, organisationId: string | undefined): Promise<boolean> {
	if (organisationId === undefined) return false;
	const { rows } = await sql<{ speaks: boolean }>`select ${organisationId}::uuid = any(network.organisations_with('{official}')) as speaks`.execute(tx);
	return rows[0]?.speaks ?? false;
}
const addressee = async (tx: Tx, { id }: Subject): Promise<boolean> => {
	const row = await tx.selectFrom('policy.recommendation').select(['addressedTo', 'state']).where('id', '=', id).executeTakeFirst();
	return row !== undefined && (row.state === 'delivered' || row.state === 'answered') && (await speaksFor(tx, row.addressedTo));
};
const undertaker = async (tx: Tx, { id }: Subject): Promise<boolean> =>
	speaksFor(tx, (await tx.selectFrom('policy.commitment').select('organisationId').where('id', '=', id).executeTakeFirst())?.organisationId);

const writers = ['coordinator', 'member'] as const;

export const draftRecommendation = defineVerb('recommendation.draft', { roles: writers, subject: (tx, target: InProgramme) => inProgramme(tx, target) });
export const editRecommendation = defineVerb('recommendation.edit', { roles: writers, subject: recommendation });
export const citeForRecommendation = defineVerb('recommendation.cite', { roles: writers, subject: recommendation });
export const deliverRecommendation = defineVerb('recommendation.deliver', { roles: writers, subject: recommendation });
/** In own name: an official of the authority addressed, and nobody else. */
export const answerRecommendation = defineVerb('recommendation.answer', { anyone: true, subject: recommendation, when: addressee });
/** On behalf of the authority, and said so. */
export const recordAnswer = defineVerb('recommendation.record-answer', { roles: ['coordinator'], subject: recommendation });
export const withdrawRecommendation = defineVerb('recommendation.withdraw', { roles: ['coordinator'], subject: recommendation });

/** A commitment in own name; the subject is the recommendation it answers. */
export const makeCommitment = defineVerb('commitment.make', { anyone: true, subject: recommendation, when: addressee });
/** A commitment recorded on behalf of the authority, and said so. */
export const recordCommitment = defineVerb('commitment.record', { roles: ['coordinator'], subject: recommendation });
export const tellForAuthority = defineVerb('commitment.tell-authority', { anyone: true, subject: commitment, when: undertaker });
/** The authority's words, recorded by a coordinator, and said so. */
export const recordStatus = defineVerb('commitment.record-status', { roles: ['coordinator'], subject: commitment });
export const tellForCivilSociety = defineVerb('commitment.tell-civil-society', { roles: writers, subject: commitment });
export const withdrawCommitment = defineVerb('commitment.withdraw', { roles: ['coordinator'], subject: commitment });

export const draftChange = defineVerb('change.draft', { roles: ['coordinator', 'analyst'], subject: (tx, target: InProgramme) => inProgramme(tx, target) });
export const editChange = defineVerb('change.edit', { roles: ['coordinator', 'analyst'], subject: change });
export const citeForChange = defineVerb('change.cite', { roles: ['coordinator', 'analyst'], subject: change });
export const verifyChange = defineVerb('change.verify', { roles: ['coordinator', 'analyst'], subject: change });
export const withdrawChange = defineVerb('change.withdraw', { roles: ['coordinator', 'analyst'], subject: change });
