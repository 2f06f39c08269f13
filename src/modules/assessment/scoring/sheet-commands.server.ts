import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { personIdOf } from '../author.ts';
import { mySide } from './permits.ts';
import { openCriteria, type Side } from './scale.ts';
import type { SheetRow } from './scoring.ts';
import { sheetOf } from './sheet-queries.server.ts';

const table = 'assessment.service_assessment';

/**
 * Keeps what a side says so far, whole or not. The database refuses `scoring.sealed` when the side has handed in.
 * @param rows by criterion
 */
export async function saveScores(tx: Tx, permit: Permit<'scoring.score'>, rows: ReadonlyMap<string, SheetRow>): Promise<void> {
	if (rows.size === 0) return;
	const { id, programmeId } = permit.subject;
	const side = await sideHere(tx, id);
	const scoredAt = momentOf(tx);
	const values = [...rows].map(([criterion, { score, evidence, note }]) => ({
		programmeId,
		assessmentId: id,
		side,
		criterion,
		score: score === 'na' ? null : score,
		notApplicable: score === 'na',
		evidence: [...evidence],
		note,
		scoredBy: personIdOf(permit),
		scoredAt
	}));
	await tx
		.insertInto('assessment.criterionScore')
		.values(values)
		.onConflict((on) =>
			on.columns(['assessmentId', 'side', 'criterion']).doUpdateSet((row) => ({
				score: row.ref('excluded.score'),
				notApplicable: row.ref('excluded.notApplicable'),
				evidence: row.ref('excluded.evidence'),
				note: row.ref('excluded.note'),
				scoredBy: row.ref('excluded.scoredBy'),
				scoredAt: row.ref('excluded.scoredAt')
			}))
		)
		.execute();
	// The moment is part of what is digested: two digests of the same scores differ, and tell nothing by being alike.
	await journal(tx, permit, { table, id, after: { side, rows: values, scoredAt } });
}

/**
 * Hands in the side's sheet, whole. When the other side is in already, both open in this moment.
 * @throws Problem `scoring.incomplete` (409) with how many criteria are open
 */
export async function handIn(tx: Tx, permit: Permit<'scoring.hand-in'>): Promise<void> {
	const { id } = permit.subject;
	const side = await sideHere(tx, id);
	const { criteria } = await tx.selectFrom('assessment.serviceAssessment').select('criteria').where('id', '=', id).executeTakeFirstOrThrow();
	if (openCriteria(criteria, await sheetOf(tx, id, side)).length > 0) throw problem('scoring.incomplete', 409);
	const submittedAt = momentOf(tx);
	const submittedBy = personIdOf(permit);
	await tx.updateTable('assessment.scoreSheet').set({ submittedAt, submittedBy }).where('assessmentId', '=', id).where('side', '=', side).execute();
	await journal(tx, permit, { table, id, after: { side, submittedAt, submittedBy } });
}

/** Takes the side's sheet back while the other is not in. The database refuses `scoring.not-scoring` once both are. */
export async function takeBack(tx: Tx, permit: Permit<'scoring.take-back'>): Promise<void> {
	const { id } = permit.subject;
	const side = await sideHere(tx, id);
	await tx.updateTable('assessment.scoreSheet').set({ submittedAt: null, submittedBy: null }).where('assessmentId', '=', id).where('side', '=', side).execute();
	await journal(tx, permit, { table, id, after: { side, submittedAt: null } });
}

/** The side of whoever acts. @throws Problem `not-permitted` (403) */
export async function sideHere(tx: Tx, id: string): Promise<Side> {
	const side = await mySide(tx, id);
	if (side === null) throw problem('not-permitted', 403);
	return side;
}
