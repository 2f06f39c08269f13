import type { Tx } from '#platform/database.server.ts';
import { defineVerb, inProgramme, type InProgramme, type Subject } from '#platform/permit.server.ts';

const briefing = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('policy.briefing').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};

/** Who may read a briefing that is not published. */
export const briefingReaders = ['coordinator', 'member', 'analyst', 'reviewer', 'official'] as const;

export const draftBriefing = defineVerb('briefing.draft', { roles: ['coordinator', 'analyst'], subject: (tx, target: InProgramme) => inProgramme(tx, target) });
export const editBriefing = defineVerb('briefing.edit', { roles: ['coordinator', 'analyst'], subject: briefing });
export const publishBriefing = defineVerb('briefing.publish', { roles: ['coordinator'], subject: briefing });
export const withdrawBriefing = defineVerb('briefing.withdraw', { roles: ['coordinator'], subject: briefing });
