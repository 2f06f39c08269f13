import { defineVerb, inProgramme, type InProgramme, type Subject } from '#platform/permit.server.ts';
import type { Tx } from '#platform/database.server.ts';

const gap = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('gaps.gap').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;

/** Who may read a gap; mirrors the fence in the database and is what "who can see this" lists. */
export const gapReaders = ['coordinator', 'member', 'analyst', 'reviewer', 'official'] as const;

export const draftGap = defineVerb('gap.draft', { roles: ['coordinator', 'member', 'analyst'], subject: (tx, target: InProgramme) => inProgramme(tx, target) });
export const editGap = defineVerb('gap.edit', { roles: ['coordinator', 'member', 'analyst'], subject: gap });
export const openGap = defineVerb('gap.open', { roles: ['coordinator', 'member', 'analyst'], subject: gap });
export const withdrawGap = defineVerb('gap.withdraw', { roles: ['coordinator', 'analyst'], subject: gap });
