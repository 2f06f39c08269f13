import type { Tx } from '#platform/database.server.ts';
import { defineVerb, inProgramme, type InProgramme, type Subject } from '#platform/permit.server.ts';

const gap = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('gaps.gap').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;
const priority = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('gaps.priority').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;
const made = (tx: Tx, target: InProgramme): Promise<Subject | null> => inProgramme(tx, target);

/** Who may read a gap; mirrors the fence in the database and is what "who can see this" lists. */
export const gapReaders = ['coordinator', 'member', 'analyst', 'reviewer', 'official'] as const;
export const priorityReaders = gapReaders;

const writers = ['coordinator', 'member', 'analyst'] as const;

export const draftGap = defineVerb('gap.draft', { roles: writers, subject: made });
export const editGap = defineVerb('gap.edit', { roles: writers, subject: gap });
export const citeForGap = defineVerb('gap.cite', { roles: writers, subject: gap });
export const openGap = defineVerb('gap.open', { roles: writers, subject: gap });
export const closeGap = defineVerb('gap.close', { roles: ['coordinator', 'analyst'], subject: gap });
export const reopenGap = defineVerb('gap.reopen', { roles: ['coordinator', 'analyst'], subject: gap });
export const withdrawGap = defineVerb('gap.withdraw', { roles: ['coordinator', 'analyst'], subject: gap });

export const statePriority = defineVerb('priority.state', { roles: writers, subject: made });
export const editPriority = defineVerb('priority.edit', { roles: writers, subject: priority });
export const withdrawPriority = defineVerb('priority.withdraw', { roles: ['coordinator', 'member'], subject: priority });
