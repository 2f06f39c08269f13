import { sql } from 'kysely';

/** Whether a piece of evidence, by the column that holds its id, has not been withdrawn. */
export const standsStill = (id: string) => sql<boolean>`not exists (select from assessment.withdrawal w where w.evidence_id = ${sql.ref(id)} and w.reinstated_at is null)`;

/** Since when a piece of evidence is withdrawn; null: it stands. */
export const withdrawnSince = (id: string) => sql<Date | null>`(select w.withdrawn_at from assessment.withdrawal w where w.evidence_id = ${sql.ref(id)} and w.reinstated_at is null)`;

/** Why a piece of evidence is withdrawn; null: it stands. */
export const withdrawnWhy = (id: string) => sql<string | null>`(select w.reason from assessment.withdrawal w where w.evidence_id = ${sql.ref(id)} and w.reinstated_at is null)`;
