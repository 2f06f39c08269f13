import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { evidenceKinds, type EvidenceKind, type Score, type Settled, type Side } from './scale.ts';
import { scoreOfText, type SheetRow } from './scoring.ts';

const kindsOf = (kinds: readonly string[]): EvidenceKind[] => evidenceKinds.filter((kind) => kinds.includes(kind));
const scoreOf = (score: number | null, notApplicable: boolean): Score | null => (notApplicable ? 'na' : scoreOfText(String(score ?? '')));

/** A row of a sheet with who wrote it last. */
export type KeptRow = SheetRow & { readonly scoredAt: Date };

/** What a side has said so far, by criterion; nothing of it when it is sealed from the actor. */
export async function sheetOf(tx: Tx, assessmentId: string, side: Side): Promise<Map<string, KeptRow>> {
	const rows = await tx
		.selectFrom('assessment.criterionScore')
		.select(['criterion', 'score', 'notApplicable', 'evidence', 'note', 'scoredAt'])
		.where('assessmentId', '=', assessmentId)
		.where('side', '=', side)
		.execute();
	return new Map(rows.map((row) => [row.criterion, { score: scoreOf(row.score, row.notApplicable), evidence: kindsOf(row.evidence), note: row.note, scoredAt: row.scoredAt }]));
}

/** A settled criterion with the words that stand beside it. */
export type Kept = Settled & { readonly reason: string; readonly civilReason: string; readonly authorityReason: string; readonly decidedBy: string | null; readonly decidedAt: Date };

/** Where the sides stand in a revision, by criterion, as far as it is open to the actor. */
export async function settledOf(tx: Tx, assessmentId: string, revision: number): Promise<Map<string, Kept>> {
	const rows = await tx
		.selectFrom('assessment.reconciliation')
		.select(['criterion', 'civilScore', 'civilNa', 'authorityScore', 'authorityNa', 'reason', 'civilReason', 'authorityReason', 'decidedBy', 'decidedAt'])
		.where('assessmentId', '=', assessmentId)
		.where('revision', '=', revision)
		.execute();
	return new Map(
		rows.map(({ civilScore, civilNa, authorityScore, authorityNa, ...row }) => [
			row.criterion,
			{ ...row, civil: scoreOf(civilScore, civilNa) ?? 'na', authority: scoreOf(authorityScore, authorityNa) ?? 'na' }
		])
	);
}

/**
 * How many criteria each side of a round's assessments has scored: `assessment side` to the number. For who runs the round and who
 * scores, of the assessments they see: who runs it in one place alone learns nothing of those elsewhere.
 */
export async function scoringCounts(tx: Tx, roundId: string): Promise<ReadonlyMap<string, number>> {
	const { rows } = await sql<{ assessmentId: string; side: string; scored: string }>`select c.* from assessment.scoring_counts(${roundId}::uuid) c
		join assessment.service_assessment a on a.id = c.assessment_id`.execute(tx);
	return new Map(rows.map((row) => [`${row.assessmentId} ${row.side}`, Number(row.scored)]));
}

/** How many criteria the actor's own side has scored, by assessment. */
export async function ownCounts(tx: Tx, programmeId: string): Promise<ReadonlyMap<string, number>> {
	const { rows } = await sql<{ assessmentId: string; scored: string }>`
		select c.assessment_id, count(*) filter (where c.not_applicable or (c.score is not null and c.evidence <> '{}')) as scored
		from assessment.criterion_score c where c.programme_id = ${programmeId}::uuid
			and (c.assessment_id, c.side) in (select m.assessment_id, m.side from assessment.my_sides() m) group by 1`.execute(tx);
	return new Map(rows.map((row) => [row.assessmentId, Number(row.scored)]));
}
