import { sql } from 'kysely';
import type { Actor } from '#platform/actor.ts';
import type { Tx } from '#platform/database.server.ts';
import { defineVerb, inProgramme, type InProgramme, type Subject } from '#platform/permit.server.ts';

const gap = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('gaps.gap').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;
const priority = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('gaps.priority').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;
const session = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('gaps.session').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;
const made = (tx: Tx, target: InProgramme): Promise<Subject | null> => inProgramme(tx, target);

/** Who may read a gap; mirrors the fence in the database and is what "who can see this" lists. */
export const gapReaders = ['coordinator', 'member', 'analyst', 'reviewer', 'official'] as const;
export const priorityReaders = gapReaders;

/** Whether the acting person reads gaps anywhere in the programme. */
const readsGaps = async (tx: Tx, { programmeId }: Subject): Promise<boolean> => {
	const { rows } = await sql<{ reads: boolean }>`select ${programmeId}::uuid = any(network.programmes_with(${[...gapReaders]}::text[])) as reads`.execute(tx);
	return rows[0]?.reads === true;
};

const writers = ['coordinator', 'member', 'analyst'] as const;
const keepers = ['coordinator', 'analyst'] as const;

export const draftGap = defineVerb('gap.draft', { roles: writers, subject: made });
export const editGap = defineVerb('gap.edit', { roles: writers, subject: gap });
export const citeForGap = defineVerb('gap.cite', { roles: writers, subject: gap });
export const openGap = defineVerb('gap.open', { roles: writers, subject: gap });
export const closeGap = defineVerb('gap.close', { roles: keepers, subject: gap });
export const reopenGap = defineVerb('gap.reopen', { roles: keepers, subject: gap });
export const withdrawGap = defineVerb('gap.withdraw', { roles: keepers, subject: gap });

export const weighGap = defineVerb('gap.weigh', { roles: writers, subject: gap });
export const setWeights = defineVerb('gap.set-weights', { roles: ['coordinator'], subject: made });
export const watchGap = defineVerb('gap.watch', { roles: writers, subject: gap });
export const endWatch = defineVerb('gap.end-watch', { roles: writers, subject: gap });

/** Gaps that go into another. Those at several places concern all of the programme, and ask for a role over all of it. */
export type MergeTarget = { readonly into: string; readonly from: readonly string[] };
export const mergeGaps = defineVerb('gap.merge', {
	roles: keepers,
	subject: async (tx: Tx, { into, from }: MergeTarget): Promise<Subject | null> => {
		const ids = [...new Set([into, ...from])];
		const found = await tx.selectFrom('gaps.gap').select(['id', 'programmeId', 'placeId']).where('id', 'in', ids).execute();
		const target = found.find((each) => each.id === into);
		if (!target || found.length < ids.length || found.some((each) => each.programmeId !== target.programmeId)) return null;
		return { ...target, placeId: found.every((each) => each.placeId === target.placeId) ? target.placeId : null };
	}
});
export const splitGap = defineVerb('gap.split', { roles: keepers, subject: gap });
export const undoLineage = defineVerb('gap.undo', { roles: keepers, subject: gap });

/** A gap, and the organisation that speaks on it: by who holds a role for it over the gap's place. */
export type EndorseTarget = { readonly gapId: string; readonly organisationId: string };
export const endorseGap = defineVerb('gap.endorse', {
	roles: ['coordinator', 'member', 'official'],
	subject: async (tx: Tx, { gapId, organisationId }: EndorseTarget): Promise<Subject | null> => {
		const found = await gap(tx, gapId);
		return found && { ...found, organisationId };
	}
});
const isOwn = (actor: Actor, personId: string): boolean => actor.kind === 'person' && actor.personId === personId;
export const withdrawEndorsement = defineVerb('endorsement.withdraw', {
	anyone: true,
	subject: async (tx: Tx, id: string): Promise<Subject | null> => {
		const found = await tx.selectFrom('gaps.endorsement').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
		return found ? { ...found, placeId: null } : null;
	},
	when: async (tx, { id }, actor) => isOwn(actor, (await tx.selectFrom('gaps.endorsement').select('personId').where('id', '=', id).executeTakeFirstOrThrow()).personId)
});

export const draftSession = defineVerb('session.draft', { roles: ['coordinator'], subject: made });
export const runSession = defineVerb('session.run', { roles: ['coordinator'], subject: session });
export const adoptSession = defineVerb('session.adopt', { roles: ['coordinator'], subject: session });
/** Whoever may read gaps takes part in a session that she sees: as with gaps, in one of the whole programme with a role in any part of it. */
export const joinSession = defineVerb('session.join', { anyone: true, subject: session, when: readsGaps });
export const enterSheet = defineVerb('session.enter-sheet', { roles: ['coordinator'], subject: session });
/** Whoever entered a voice scores for it, and nobody else does. */
export const vote = defineVerb('session.vote', {
	anyone: true,
	subject: async (tx: Tx, voiceId: string): Promise<Subject | null> => {
		const found = await tx.selectFrom('gaps.voice').select(['id', 'programmeId']).where('id', '=', voiceId).executeTakeFirst();
		return found ? { ...found, placeId: null } : null;
	},
	when: async (tx, subject, actor) => {
		const voice = await tx.selectFrom('gaps.voice').select('enteredBy').where('id', '=', subject.id).executeTakeFirstOrThrow();
		return isOwn(actor, voice.enteredBy) && (await readsGaps(tx, subject));
	}
});

export const statePriority = defineVerb('priority.state', { roles: writers, subject: made });
export const editPriority = defineVerb('priority.edit', { roles: writers, subject: priority });
export const withdrawPriority = defineVerb('priority.withdraw', { roles: ['coordinator', 'member'], subject: priority });
