import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { personIdOf } from '../author.ts';
import { withdrawables, type Withdrawable } from './withdrawal.ts';

/**
 * Takes back a piece of evidence or a finding, with the reason. What cites it stays as it was written and is shown as resting on
 * what is left, be it nothing.
 * @throws Problem `evidence.withdrawn-already` (409)
 */
export async function withdrawEvidence(tx: Tx, permit: Permit<`${Withdrawable}.withdraw`>, reason: string): Promise<void> {
	const kind = kindIn(permit);
	const { id, programmeId } = permit.subject;
	const row = { id: newId(), programmeId, ...named(kind, id), reason, withdrawnBy: personIdOf(permit), withdrawnAt: momentOf(tx) };
	const made = await tx
		.insertInto('assessment.withdrawal')
		.values(row)
		.onConflict((on) => on.column('evidenceId').where('reinstatedAt', 'is', null).doNothing())
		.returning('id')
		.executeTakeFirst();
	if (!made) throw problem('evidence.withdrawn-already', 409);
	if (kind === 'finding') await fellFinding(tx, id, reason);
	await journal(tx, permit, { table: `assessment.${kind}`, id, after: row });
}

/**
 * Puts back what was taken back. That it was away stays in its history.
 * @throws Problem `evidence.not-withdrawn` (409); for a finding the database refuses `finding.without-evidence` at commit
 */
export async function reinstateEvidence(tx: Tx, permit: Permit<`${Withdrawable}.reinstate`>, reason: string): Promise<void> {
	const kind = kindIn(permit);
	const { id } = permit.subject;
	const change = { reinstatedAt: momentOf(tx), reinstatedBy: personIdOf(permit), reinstatedReason: reason };
	const before = await tx.selectFrom('assessment.withdrawal').selectAll().where('evidenceId', '=', id).where('reinstatedAt', 'is', null).forUpdate().executeTakeFirst();
	if (!before) throw problem('evidence.not-withdrawn', 409);
	await tx.updateTable('assessment.withdrawal').set(change).where('id', '=', before.id).execute();
	if (kind === 'finding') await raiseFinding(tx, id);
	await journal(tx, permit, { table: `assessment.${kind}`, id, before, after: { ...before, ...change } });
}

/** What a permit is about: the verb says it. */
function kindIn({ verb }: Permit<`${Withdrawable}.${'withdraw' | 'reinstate'}`>): Withdrawable {
	const kind = withdrawables.find((each) => verb.startsWith(`${each}.`));
	if (!kind) throw new Error(`${verb} takes nothing back`);
	return kind;
}

const named = (kind: Withdrawable, id: string) => ({
	figureId: kind === 'figure' ? id : null,
	quotationId: kind === 'quotation' ? id : null,
	documentId: kind === 'document' ? id : null,
	scoreId: kind === 'score' ? id : null,
	findingId: kind === 'finding' ? id : null
});

// A finding carries its state itself, as every record does that others rest on.
async function fellFinding(tx: Tx, id: string, reason: string): Promise<void> {
	const now = momentOf(tx);
	await tx.updateTable('assessment.finding').set({ state: 'withdrawn', withdrawnAt: now, withdrawnReason: reason, updatedAt: now }).where('id', '=', id).execute();
}

/** Back to what it was: a draft, if it never stood. */
async function raiseFinding(tx: Tx, id: string): Promise<void> {
	const { standsSince } = await tx.selectFrom('assessment.finding').select('standsSince').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	const state = standsSince === null ? 'draft' : 'stands';
	await tx.updateTable('assessment.finding').set({ state, withdrawnAt: null, withdrawnReason: null, updatedAt: momentOf(tx) }).where('id', '=', id).execute();
}
