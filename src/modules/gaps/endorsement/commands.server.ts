import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { notFound, problem } from '#platform/problem.ts';
import { personIn } from '#platform/record.server.ts';
import type { EndorsementFields } from './endorsement.ts';

/**
 * Gives an organisation's word on a gap, in the acting person's own name. The side is the database's to say, by the type of the
 * organisation; so are the words of the gap that are endorsed.
 * @throws Problem `not-permitted` for who acts for no organisation; the database refuses `gap.not-open`, `endorsement.no-side`, and
 * `exists-already` when the organisation has spoken and not withdrawn
 */
export async function endorseGap(tx: Tx, permit: Permit<'gap.endorse'>, { stance, reason }: Omit<EndorsementFields, 'organisationId'>): Promise<string> {
	const { id: gapId, programmeId, organisationId } = permit.subject;
	const personId = personIn(permit);
	if (personId === null || !organisationId) throw problem('not-permitted', 403);
	const there = await tx.selectFrom('gaps.endorsement').select('id').where('gapId', '=', gapId).where('organisationId', '=', organisationId).where('withdrawnAt', 'is', null).executeTakeFirst();
	if (there) throw problem('endorsement.given-already', 409);
	const id = newId();
	const row = { id, programmeId, gapId, personId, organisationId, stance, reason, saidAt: momentOf(tx) };
	// The side and the words are set by the database; what stands here has no effect.
	await tx.insertInto('gaps.endorsement').values({ ...row, side: 'civil_society', gapTitle: {} }).execute();
	await journal(tx, permit, { table: 'gaps.gap', id: gapId, after: row });
	return id;
}

/** Takes back one's own word; that it was given stays. @throws Problem `endorsement.withdrawn-already` (409) */
export async function withdrawEndorsement(tx: Tx, permit: Permit<'endorsement.withdraw'>, endorsementId: string, reason: string): Promise<void> {
	const before = await tx.selectFrom('gaps.endorsement').selectAll().where('id', '=', endorsementId).forUpdate().executeTakeFirst();
	if (!before) throw notFound();
	if (before.withdrawnAt) throw problem('endorsement.withdrawn-already', 409);
	const change = { withdrawnAt: momentOf(tx), withdrawnReason: reason };
	await tx.updateTable('gaps.endorsement').set(change).where('id', '=', endorsementId).execute();
	await journal(tx, permit, { table: 'gaps.gap', id: before.gapId, before, after: { ...before, ...change } });
}
