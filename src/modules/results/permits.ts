import type { Tx } from '#platform/database.server.ts';
import { defineVerb, inProgramme, type InProgramme, type Subject } from '#platform/permit.server.ts';

const result = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('results.result').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;

/** Who may read a result; mirrors the fence in the database. */
export const resultReaders = ['coordinator', 'member', 'analyst', 'reviewer', 'official'] as const;

const writers = ['coordinator', 'member', 'analyst'] as const;

export const draftResult = defineVerb('result.draft', { roles: writers, subject: (tx, target: InProgramme) => inProgramme(tx, target) });
export const editResult = defineVerb('result.edit', { roles: writers, subject: result });
export const citeForResult = defineVerb('result.cite', { roles: writers, subject: result });
export const confirmResult = defineVerb('result.confirm', { roles: writers, subject: result });
export const withdrawResult = defineVerb('result.withdraw', { roles: ['coordinator', 'analyst'], subject: result });
