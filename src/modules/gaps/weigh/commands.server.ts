import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { changeRecord, holdVersion, personIn } from '#platform/record.server.ts';
import type { WeighFields, WeightingFields } from './weigh.ts';

/**
 * Writes down how severe a gap is, how feasible it is to close, and how many people it affects. What had been adopted from a scoring
 * session counts as written by hand once it is changed.
 * @param seen the version the form was filled from
 * @throws Problem `gap.not-editable`, `record.changed-since` (409)
 */
export async function weighGap(tx: Tx, permit: Permit<'gap.weigh'>, fields: WeighFields, seen?: string): Promise<void> {
	const { severity, feasibility } = await tx.selectFrom('gaps.gap').select(['severity', 'feasibility']).where('id', '=', permit.subject.id).executeTakeFirstOrThrow();
	const same = Number(severity) === fields.severity && Number(feasibility) === fields.feasibility;
	const set = { ...fields, ...(same ? {} : { sessionId: null }), updatedAt: momentOf(tx) };
	await changeRecord(tx, permit, 'gaps.gap', { from: ['draft', 'open', 'closed'], set, refuse: 'gap.not-editable', seen });
}

/**
 * Sets how heavily the components count in a programme, with the reason.
 * @param seen the version the form was filled from
 * @throws Problem `record.changed-since` (409)
 */
export async function setWeighting(tx: Tx, permit: Permit<'gap.set-weights'>, fields: WeightingFields, seen?: string): Promise<void> {
	const { programmeId } = permit.subject;
	await holdVersion(tx, { table: 'gaps.weighting', id: programmeId, key: 'programme_id' }, seen);
	const before = await tx.selectFrom('gaps.weighting').selectAll().where('programmeId', '=', programmeId).forUpdate().executeTakeFirst();
	const row = { ...fields, setBy: personIn(permit), setAt: momentOf(tx) };
	await tx
		.insertInto('gaps.weighting')
		.values({ programmeId, ...row })
		.onConflict((on) => on.column('programmeId').doUpdateSet(row))
		.execute();
	await journal(tx, permit, { table: 'gaps.weighting', id: programmeId, before, after: row });
}
