import { createHash } from 'node:crypto';
import { canonical } from '#platform/canonical.ts';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { demandHappened } from '#platform/happened.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { personIdOf } from '../author.ts';
import { scoringAreas } from './instrument.ts';
import { readingsOf, type Score, type Settled } from './scale.ts';
import { scoreOfText, type AgreementFields, type Outcome } from './scoring.ts';
import { sideHere } from './sheet-commands.server.ts';
import { settledOf, sheetOf } from './sheet-queries.server.ts';

const table = 'assessment.service_assessment';

/** A mark of what a page shows of a reconciliation; signing sends it back. */
export const markOf = (settled: ReadonlyMap<string, Settled>): string =>
	createHash('sha256').update(canonical([...settled.values()].map(({ criterion, civil, authority }) => [criterion, civil, authority]).sort())).digest('hex').slice(0, 32);

/**
 * Settles criteria: one score that both take, or dissent, in which each side keeps what it had scored, with its reason.
 * Takes away signatures under what was there before.
 * @param outcomes by criterion
 * @throws Problem `scoring.reasons-missing` (409), `scoring.same-scores` (409); the database refuses `scoring.not-reconciling`
 */
export async function settle(tx: Tx, permit: Permit<'scoring.settle'>, outcomes: ReadonlyMap<string, Outcome>): Promise<void> {
	if (outcomes.size === 0) return;
	const { id, programmeId } = permit.subject;
	const { revision } = await tx.selectFrom('assessment.serviceAssessment').select('revision').where('id', '=', id).executeTakeFirstOrThrow();
	const [civil, authority] = [await sheetOf(tx, id, 'civil_society'), await sheetOf(tx, id, 'authority')];
	const decidedAt = momentOf(tx);
	const values = [...outcomes].map(([criterion, outcome]) => {
		const stands = standsOf(outcome, civil.get(criterion)?.score ?? null, authority.get(criterion)?.score ?? null);
		return { programmeId, assessmentId: id, revision, criterion, ...stands, decidedBy: personIdOf(permit), decidedAt };
	});
	await tx
		.insertInto('assessment.reconciliation')
		.values(values)
		.onConflict((on) =>
			on.columns(['assessmentId', 'revision', 'criterion']).doUpdateSet((row) => ({
				civilScore: row.ref('excluded.civilScore'),
				civilNa: row.ref('excluded.civilNa'),
				authorityScore: row.ref('excluded.authorityScore'),
				authorityNa: row.ref('excluded.authorityNa'),
				civilReason: row.ref('excluded.civilReason'),
				authorityReason: row.ref('excluded.authorityReason'),
				reason: row.ref('excluded.reason'),
				decidedBy: row.ref('excluded.decidedBy'),
				decidedAt: row.ref('excluded.decidedAt')
			}))
		)
		.execute();
	await journal(tx, permit, { table, id, after: { revision, rows: values } });
}

const columns = (score: Score): { score: number | null; na: boolean } => (score === 'na' ? { score: null, na: true } : { score, na: false });

function standsOf({ outcome, reason, civil, authority }: Outcome, civilScore: Score | null, authorityScore: Score | null) {
	if (outcome !== 'dissent') {
		const agreed = scoreOfText(outcome);
		if (agreed === null) throw problem('field-invalid', 400);
		const { score, na } = columns(agreed);
		return { civilScore: score, civilNa: na, authorityScore: score, authorityNa: na, civilReason: '', authorityReason: '', reason };
	}
	if (civilScore === null || authorityScore === null) throw problem('scoring.not-reconciling', 409);
	if (civilScore === authorityScore) throw problem('scoring.same-scores', 409);
	if (civil === '' || authority === '') throw problem('scoring.reasons-missing', 409);
	const [mine, theirs] = [columns(civilScore), columns(authorityScore)];
	return { civilScore: mine.score, civilNa: mine.na, authorityScore: theirs.score, authorityNa: theirs.na, civilReason: civil, authorityReason: authority, reason: '' };
}

/**
 * Signs the reconciliation for the actor's side. The second side's signature makes it the result, which is worked out and kept.
 * @param seen mark of what was on the page
 * @throws Problem `scoring.changed-meanwhile` (409); the database refuses `scoring.unreconciled`
 */
export async function sign(tx: Tx, permit: Permit<'scoring.sign'>, seen: string): Promise<void> {
	const { id, programmeId } = permit.subject;
	const side = await sideHere(tx, id);
	const personId = personIdOf(permit);
	if (personId === null) throw problem('not-permitted', 403);
	const { revision } = await tx.selectFrom('assessment.serviceAssessment').select('revision').where('id', '=', id).executeTakeFirstOrThrow();
	// The signature takes the assessment's row first: what is read after it is what is signed.
	await tx.insertInto('assessment.signOff').values({ programmeId, assessmentId: id, revision, side, personId, signedAt: momentOf(tx) }).execute();
	const settled = await settledOf(tx, id, revision);
	if (markOf(settled) !== seen) throw problem('scoring.changed-meanwhile', 409);
	const { state } = await tx.selectFrom('assessment.serviceAssessment').select('state').where('id', '=', id).executeTakeFirstOrThrow();
	if (state === 'signed') await keepResults(tx, { programmeId, id, revision }, settled);
	await journal(tx, permit, { table, id, after: { side, revision, seen, state } });
}

async function keepResults(tx: Tx, { programmeId, id, revision }: { programmeId: string; id: string; revision: number }, settled: ReadonlyMap<string, Settled>): Promise<void> {
	const { model } = await tx
		.selectFrom('assessment.serviceAssessment as a')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'a.instrumentVersionId')
		.select('v.model')
		.where('a.id', '=', id)
		.executeTakeFirstOrThrow();
	const areas = scoringAreas(instrumentSchema.parse(model));
	const places = areas.flatMap((each) => each.criteria);
	const rows = readingsOf(places, settled).map(({ area, civil, authority, dissent }) => ({
		programmeId,
		assessmentId: id,
		revision,
		area,
		criteria: civil.criteria,
		meanCivil: civil.cappedMean,
		meanAuthority: authority.cappedMean,
		shareCivil: civil.cappedShare,
		shareAuthority: authority.cappedShare,
		// The area's title goes with its result: who may see the one may not always see the instrument.
		detail: JSON.stringify({ civil, authority, dissent, title: areas.find(({ code }) => code === area)?.title ?? {} })
	}));
	await tx.insertInto('assessment.areaResult').values(rows).execute();
}

/** Opens a signed reconciliation again, as a further revision; the signed one stays. The database refuses `scoring.not-signed`. */
export async function reopen(tx: Tx, permit: Permit<'scoring.reopen'>, reason: string): Promise<void> {
	const { id, programmeId } = permit.subject;
	const reopenedBy = personIdOf(permit);
	if (reopenedBy === null) throw problem('not-permitted', 403);
	const { revision } = await tx.selectFrom('assessment.serviceAssessment').select('revision').where('id', '=', id).executeTakeFirstOrThrow();
	await tx.insertInto('assessment.scoreReopening').values({ programmeId, assessmentId: id, revision: revision + 1, reason, reopenedBy, reopenedAt: momentOf(tx) }).execute();
	await journal(tx, permit, { table, id, before: { revision }, after: { revision: revision + 1, reason } });
}

/** Records that the service agrees to its signed scores being shown; takes the place of an agreement of another scope. */
export async function agree(tx: Tx, permit: Permit<'scoring.agree'>, { scope, agreedOn }: AgreementFields, id: string = newId()): Promise<void> {
	const { id: assessmentId, programmeId } = permit.subject;
	const recordedBy = personIdOf(permit);
	if (recordedBy === null) throw problem('not-permitted', 403);
	await demandHappened(tx, programmeId, { agreedOn });
	const { signedRevision } = await tx.selectFrom('assessment.serviceAssessment').select('signedRevision').where('id', '=', assessmentId).executeTakeFirstOrThrow();
	if (signedRevision === null) throw problem('scoring.not-signed', 409);
	await endAgreement(tx, assessmentId, recordedBy);
	await tx.insertInto('assessment.serviceAgreement').values({ id, programmeId, assessmentId, revision: signedRevision, scope, agreedOn, recordedBy, recordedAt: momentOf(tx) }).execute();
	await journal(tx, permit, { table, id: assessmentId, after: { agreement: id, scope, agreedOn, revision: signedRevision } });
}

/** Withdraws the service's agreement: from now on its scores are shown to nobody beyond its circle. What was published stays published. */
export async function withdrawAgreement(tx: Tx, permit: Permit<'scoring.withdraw-agreement'>): Promise<void> {
	const withdrawnBy = personIdOf(permit);
	if (withdrawnBy === null) throw problem('not-permitted', 403);
	const ended = await endAgreement(tx, permit.subject.id, withdrawnBy);
	if (ended) await journal(tx, permit, { table, id: permit.subject.id, before: { agreement: ended }, after: { agreement: null } });
}

async function endAgreement(tx: Tx, assessmentId: string, withdrawnBy: string): Promise<string | undefined> {
	const ended = await tx
		.updateTable('assessment.serviceAgreement')
		.set({ withdrawnAt: momentOf(tx), withdrawnBy })
		.where('assessmentId', '=', assessmentId)
		.where('withdrawnAt', 'is', null)
		.returning('id')
		.executeTakeFirst();
	return ended?.id;
}
