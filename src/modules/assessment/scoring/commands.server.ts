import { sql } from 'kysely';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { personIdOf } from '../author.ts';
import { scoringAreas } from './instrument.ts';
import { sides, type Side } from './scale.ts';
import type { ScorerChoice, StartFields } from './scoring.ts';

const table = 'assessment.service_assessment';

/**
 * Begins to score a service in a round: two empty sheets, and who scores on each side.
 * @param id minted where it was begun; sending the same one again changes nothing
 * @throws Problem `scoring.no-criteria` (409), `scoring.side-missing` (409), `scoring.begun-already` (409); the database refuses
 * `scoring.round-not-open`, `scoring.set-closed`, `scoring.other-side`, `scoring.scorer-unknown`
 */
export async function startScoring(tx: Tx, permit: Permit<'scoring.start'>, fields: StartFields, id: string = newId()): Promise<string> {
	const { id: roundId, programmeId } = permit.subject;
	const { serviceId, instrumentVersionId, teamId } = fields;
	const there = await tx.selectFrom('assessment.serviceAssessment').select('id').where('id', '=', id).executeTakeFirst();
	if (there) return id;
	const criteria = await criteriaOf(tx, programmeId, instrumentVersionId);
	if (criteria.length === 0) throw problem('scoring.no-criteria', 409, {}, 'instrumentVersionId');
	const begun = await tx
		.selectFrom('assessment.serviceAssessment')
		.select('id')
		.where('roundId', '=', roundId)
		.where('serviceId', '=', serviceId)
		.where('instrumentVersionId', '=', instrumentVersionId)
		.where('state', '<>', 'cancelled')
		.executeTakeFirst();
	if (begun) throw problem('scoring.begun-already', 409, {}, 'serviceId');
	const scorers = await withSides(tx, [...fields.scorers, ...(teamId === null ? [] : await membersOf(tx, teamId))]);
	if (sides.some((side) => !scorers.some((scorer) => scorer.side === side))) throw problem('scoring.side-missing', 409, {}, 'scorers');
	const placeId = await placeOfService(tx, serviceId);
	const part = { programmeId, assessmentId: id };
	const createdAt = momentOf(tx);
	const row = { id, programmeId, roundId, serviceId, instrumentVersionId, teamId, placeId, criteria, createdBy: personIdOf(permit), createdAt };
	await tx.insertInto('assessment.serviceAssessment').values(row).execute();
	await tx.insertInto('assessment.scoreSheet').values(sides.map((side) => ({ ...part, side }))).execute();
	await tx.insertInto('assessment.scorer').values(scorers.map((scorer) => ({ ...part, ...scorer, namedAt: createdAt }))).execute();
	await journal(tx, permit, { table, id, after: { ...row, scorers } });
	return id;
}

async function criteriaOf(tx: Tx, programmeId: string, versionId: string): Promise<string[]> {
	const found = await tx.selectFrom('assessment.instrumentVersion').select('model').where('id', '=', versionId).where('programmeId', '=', programmeId).executeTakeFirst();
	return found ? scoringAreas(instrumentSchema.parse(found.model)).flatMap((area) => area.criteria.map(({ criterion }) => criterion)) : [];
}

async function membersOf(tx: Tx, teamId: string): Promise<ScorerChoice[]> {
	const rows = await tx.selectFrom('assessment.teamMember').select(['personId', 'organisationId']).where('teamId', '=', teamId).execute();
	return rows.flatMap(({ personId, organisationId }) => (organisationId === null ? [] : [{ personId, organisationId }]));
}

/** Each person once, with the side of the organisation; organisations that sit on neither side do not score. */
async function withSides(tx: Tx, chosen: readonly ScorerChoice[]): Promise<(ScorerChoice & { side: Side })[]> {
	const organisations = [...new Set(chosen.map(({ organisationId }) => organisationId))];
	const { rows } = await sql<{ id: string; side: string | null }>`select id, network.side_of(type) as side from network.organisation
		where id = any(${organisations}::uuid[])`.execute(tx);
	const sideOf = new Map(rows.map((row) => [row.id, sides.find((side) => side === row.side)]));
	const people = new Map<string, ScorerChoice & { side: Side }>();
	for (const scorer of chosen) {
		const side = sideOf.get(scorer.organisationId);
		if (side && !people.has(scorer.personId)) people.set(scorer.personId, { ...scorer, side });
	}
	return [...people.values()];
}

/** Where the service works, when it works in one place alone; else the assessment concerns the whole programme. */
async function placeOfService(tx: Tx, serviceId: string): Promise<string | null> {
	const places = await tx.selectFrom('network.organisationPlace').select('placeId').where('organisationId', '=', serviceId).limit(2).execute();
	return places.length === 1 ? (places[0]?.placeId ?? null) : null;
}

/**
 * Names a further scorer, or one again that was taken off. @throws Problem `scoring.other-side` (409) when the organisation sits on
 * neither side; the database refuses `scoring.side-fixed`, `scoring.scorer-unknown`, `scoring.not-scoring`
 */
export async function nameScorer(tx: Tx, permit: Permit<'scoring.name'>, scorer: ScorerChoice): Promise<void> {
	const { id, programmeId } = permit.subject;
	const [named] = await withSides(tx, [scorer]);
	if (!named) throw problem('scoring.other-side', 409, {}, 'scorer');
	const before = await tx.selectFrom('assessment.scorer').selectAll().where('assessmentId', '=', id).where('personId', '=', scorer.personId).executeTakeFirst();
	if (before) {
		if (before.organisationId !== scorer.organisationId) throw problem('scoring.side-fixed', 409, {}, 'scorer');
		await tx.updateTable('assessment.scorer').set({ removedAt: null }).where('assessmentId', '=', id).where('personId', '=', scorer.personId).execute();
	} else {
		await tx.insertInto('assessment.scorer').values({ programmeId, assessmentId: id, ...named, namedAt: momentOf(tx) }).execute();
	}
	await journal(tx, permit, { table, id, before, after: named });
}

/** Takes a scorer off; what was scored stays the side's. */
export async function removeScorer(tx: Tx, permit: Permit<'scoring.name'>, personId: string): Promise<void> {
	const { id } = permit.subject;
	await tx.updateTable('assessment.scorer').set({ removedAt: momentOf(tx) }).where('assessmentId', '=', id).where('personId', '=', personId).where('removedAt', 'is', null).execute();
	await journal(tx, permit, { table, id, before: { scorer: personId }, after: { removed: personId } });
}

/** Ends what was begun by mistake; its sheets stay sealed. @throws Problem `scoring.not-cancelled` (409) */
export async function cancelScoring(tx: Tx, permit: Permit<'scoring.cancel'>, reason: string): Promise<void> {
	const { id } = permit.subject;
	const { rows } = await sql<{ done: boolean }>`select assessment.cancel_assessment(${id}::uuid, ${reason}, ${momentOf(tx)}::timestamptz) as done`.execute(tx);
	if (!rows[0]?.done) throw problem('scoring.not-cancelled', 409);
	await journal(tx, permit, { table, id, after: { state: 'cancelled', reason } });
}

/**
 * Counts the signed services of a round together, with one version of an instrument, once and for all. The database refuses
 * `scoring.not-all-signed` and `scoring.too-few-services`.
 */
export async function closeScoring(tx: Tx, permit: Permit<'scoring.close'>, instrumentVersionId: string, id: string = newId()): Promise<string> {
	const { id: roundId, programmeId } = permit.subject;
	await tx.insertInto('assessment.scoringSet').values({ id, programmeId, roundId, instrumentVersionId, closedBy: personIdOf(permit), closedAt: momentOf(tx) }).execute();
	await journal(tx, permit, { table: 'assessment.scoring_set', id, after: { roundId, instrumentVersionId } });
	return id;
}
