import type { Tx } from '#platform/database.server.ts';
import { defineVerb, inProgramme, type InProgramme, type Subject } from '#platform/permit.server.ts';

const plan = async (tx: Tx, id: string): Promise<Subject | null> =>
	(await tx.selectFrom('plans.plan').select(['id', 'programmeId', 'placeId']).where('id', '=', id).executeTakeFirst()) ?? null;

/** Who may read a plan; mirrors the fence in the database. */
export const planReaders = ['coordinator', 'member', 'analyst', 'reviewer', 'official'] as const;

const writers = ['coordinator', 'member'] as const;

export const draftPlan = defineVerb('plan.draft', { roles: writers, subject: (tx, target: InProgramme) => inProgramme(tx, target) });
export const editPlan = defineVerb('plan.edit', { roles: writers, subject: plan });
export const citeForPlan = defineVerb('plan.cite', { roles: writers, subject: plan });
export const adoptPlan = defineVerb('plan.adopt', { roles: writers, subject: plan });
export const startPlan = defineVerb('plan.start', { roles: writers, subject: plan });
export const finishPlan = defineVerb('plan.finish', { roles: writers, subject: plan });
export const cancelPlan = defineVerb('plan.cancel', { roles: writers, subject: plan });
export const withdrawPlan = defineVerb('plan.withdraw', { roles: ['coordinator'], subject: plan });
