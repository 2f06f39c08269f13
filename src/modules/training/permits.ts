import type { Tx } from '#platform/database.server.ts';
import { defineVerb, inProgramme, type InProgramme, type Subject } from '#platform/permit.server.ts';

const training = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('training.training').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;

/** Who may read a training; mirrors the fence in the database. */
export const trainingReaders = ['coordinator', 'member', 'analyst', 'reviewer', 'official'] as const;

const writers = ['coordinator', 'member'] as const;

export const draftTraining = defineVerb('training.draft', { roles: writers, subject: (tx, target: InProgramme) => inProgramme(tx, target) });
export const editTraining = defineVerb('training.edit', { roles: writers, subject: training });
export const citeForTraining = defineVerb('training.cite', { roles: writers, subject: training });
export const planTraining = defineVerb('training.plan', { roles: writers, subject: training });
export const startTraining = defineVerb('training.start', { roles: writers, subject: training });
export const finishTraining = defineVerb('training.finish', { roles: writers, subject: training });
export const cancelTraining = defineVerb('training.cancel', { roles: writers, subject: training });
export const withdrawTraining = defineVerb('training.withdraw', { roles: ['coordinator'], subject: training });
