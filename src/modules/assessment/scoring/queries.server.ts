import { sql } from 'kysely';
import { z } from 'zod';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { shownName, shownNameIfAny } from '#platform/shown-name.ts';
import { instrumentSchema } from '#xforms/instrument.ts';
import { changesOf, linksOf, type AreaChange } from './change.ts';
import { areaTitle, comparedCriteria, scoringAreas, type ScoringArea } from './instrument.ts';
import { mySide } from './permits.ts';
import { sides, type AreaScore, type Side } from './scale.ts';
import { settledOf } from './sheet-queries.server.ts';

/** An assessment as lists show it: how far it is, never a score that is not open. */
export type AssessmentRow = {
	id: string;
	roundId: string;
	versionId: string;
	state: string;
	service: LocalText;
	serviceId: string;
	serviceType: string;
	round: LocalText;
	roundNumber: number;
	revision: number;
	signedRevision: number | null;
	signedAt: Date | null;
	bothInAt: Date | null;
	countedIn: string | null;
	criteria: number;
	civilIn: boolean;
	authorityIn: boolean;
	/** Scope of the agreement in force; null when there is none. */
	agreement: string | null;
	/** The whole service after the caps, as each side reads it; null when it is not open to the actor, or not signed. */
	meanCivil: number | null;
	meanAuthority: number | null;
	shareCivil: number | null;
	shareAuthority: number | null;
	/** On which side the actor scores. */
	side: string | null;
};

/** The assessments of a programme that the actor may know of, newest round first; of one round, if it is given. */
export async function listAssessments(tx: Tx, programmeId: string, roundId?: string): Promise<AssessmentRow[]> {
	const { rows } = await sql<AssessmentRow>`
		with mine as materialized (select * from assessment.my_sides())
		select a.id, a.round_id, a.instrument_version_id as version_id, a.state, o.name as service, o.id as service_id, o.type as service_type, r.name as round, r.number as round_number,
			a.revision, a.signed_revision, a.signed_at, a.both_in_at, a.counted_in, cardinality(a.criteria) as criteria,
			(select s.submitted_at is not null from assessment.score_sheet s where s.assessment_id = a.id and s.side = 'civil_society') as civil_in,
			(select s.submitted_at is not null from assessment.score_sheet s where s.assessment_id = a.id and s.side = 'authority') as authority_in,
			g.scope as agreement, w.mean_civil, w.mean_authority, w.share_civil, w.share_authority, mine.side
		from assessment.service_assessment a
		join network.organisation o on o.id = a.service_id
		join assessment.round r on r.id = a.round_id
		left join assessment.service_agreement g on g.assessment_id = a.id and g.withdrawn_at is null and g.revision = a.signed_revision
		left join assessment.area_result w on w.assessment_id = a.id and w.revision = a.signed_revision and w.area = ''
		left join mine on mine.assessment_id = a.id
		where a.programme_id = ${programmeId}::uuid and (${roundId ?? null}::uuid is null or a.round_id = ${roundId ?? null}::uuid)
		order by r.number desc, o.search, a.created_at`.execute(tx);
	return rows;
}

/** What waits for the actor as a scorer: a sheet that is not handed in, or a reconciliation that her side has not signed. */
export async function waitingToScore(tx: Tx, programmeId: string): Promise<{ id: string; service: LocalText; round: LocalText; state: string }[]> {
	const { rows } = await sql<{ id: string; service: LocalText; round: LocalText; state: string }>`
		select a.id, o.name as service, r.name as round, a.state from assessment.my_sides() m
		join assessment.service_assessment a on a.id = m.assessment_id join assessment.score_sheet s on s.assessment_id = a.id and s.side = m.side
		join network.organisation o on o.id = a.service_id join assessment.round r on r.id = a.round_id
		where a.programme_id = ${programmeId}::uuid and ((a.state = 'scoring' and s.submitted_at is null)
			or (a.state = 'reconciling' and not exists (select from assessment.sign_off f where f.assessment_id = a.id and f.revision = a.revision and f.side = m.side)))
		order by r.number, o.search`.execute(tx);
	return rows;
}

/** Whoever scores: the name, the organisation, the side. */
export type ScorerRow = { personId: string; name: string; organisationId: string; organisation: LocalText; side: string; ofService: boolean; removed: boolean };

/** An assessment with everything that says how far it is. @throws Problem `not-found` */
export async function getAssessment(tx: Tx, programmeId: string, id: string) {
	const found = await tx
		.selectFrom('assessment.serviceAssessment as a')
		.innerJoin('network.organisation as o', 'o.id', 'a.serviceId')
		.innerJoin('assessment.round as r', 'r.id', 'a.roundId')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'a.instrumentVersionId')
		.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
		.selectAll('a')
		.select(['o.name as service', 'o.type as serviceType', 'r.name as round', 'r.number as roundNumber', 'i.id as instrumentId', 'i.title as instrument', 'v.version', 'v.model'])
		.where('a.id', '=', id)
		.where('a.programmeId', '=', programmeId)
		.executeTakeFirst();
	if (!found) throw notFound();
	const { model, ...assessment } = found;
	const sheets = await tx.selectFrom('assessment.scoreSheet').select(['side', 'submittedAt']).where('assessmentId', '=', id).execute();
	const signatures = await tx
		.selectFrom('assessment.signOff as s')
		.innerJoin('network.person as p', 'p.id', 's.personId')
		.select(['s.side', 's.revision', 's.signedAt', shownName('p').as('name')])
		.where('s.assessmentId', '=', id)
		.orderBy('s.revision')
		.orderBy('s.signedAt')
		.execute();
	return {
		assessment,
		areas: scoringAreas(instrumentSchema.parse(model)),
		inAt: new Map(sheets.map(({ side, submittedAt }) => [side, submittedAt])),
		signatures,
		scorers: await scorersOf(tx, id, found.serviceId),
		side: await mySide(tx, id)
	};
}
export type AssessmentPage = Awaited<ReturnType<typeof getAssessment>>;

async function scorersOf(tx: Tx, id: string, serviceId: string): Promise<ScorerRow[]> {
	const rows = await tx
		.selectFrom('assessment.scorer as s')
		.innerJoin('network.person as p', 'p.id', 's.personId')
		.innerJoin('network.organisation as o', 'o.id', 's.organisationId')
		.select(['s.personId', shownName('p').as('name'), 's.organisationId', 'o.name as organisation', 's.side', 's.removedAt'])
		.where('s.assessmentId', '=', id)
		.orderBy('s.side', 'desc')
		.orderBy(shownName('p'))
		.execute();
	return rows.map(({ removedAt, ...row }) => ({ ...row, ofService: row.organisationId === serviceId, removed: removedAt !== null }));
}

const areaScore: z.ZodType<AreaScore> = z.object({
	criteria: z.number(), applicable: z.number(), met: z.number(), cap: z.number().nullable(), mean: z.number().nullable(), cappedMean: z.number().nullable(),
	share: z.number().nullable(), cappedShare: z.number().nullable()
});
const resultDetail = z.object({ civil: areaScore, authority: areaScore, dissent: z.number() });
export type ResultRow = { area: string; criteria: number } & z.output<typeof resultDetail>;

/** What a signed revision came to, the whole service first; empty when it is not open to the actor. */
export async function resultsOf(tx: Tx, id: string, revision: number): Promise<ResultRow[]> {
	const rows = await tx.selectFrom('assessment.areaResult').select(['area', 'criteria', 'detail']).where('assessmentId', '=', id).where('revision', '=', revision).orderBy('area').execute();
	return rows.map(({ detail, ...row }) => ({ ...row, ...resultDetail.parse(detail) }));
}

/** Why and when signed results were opened again, newest first, as far as that is open to the actor. */
export const reopeningsOf = (tx: Tx, id: string) =>
	tx
		.selectFrom('assessment.scoreReopening as s')
		.innerJoin('network.person as p', 'p.id', 's.reopenedBy')
		.select(['s.revision', 's.reason', 's.reopenedAt', shownName('p').as('name')])
		.where('s.assessmentId', '=', id)
		.orderBy('s.revision', 'desc')
		.execute();

/** The agreements of a service to its scores being shown, newest first. */
export const agreementsOf = (tx: Tx, id: string) =>
	tx
		.selectFrom('assessment.serviceAgreement as g')
		.leftJoin('network.person as p', 'p.id', 'g.recordedBy')
		.select(['g.id', 'g.revision', 'g.scope', 'g.agreedOn', 'g.recordedAt', 'g.withdrawnAt', shownNameIfAny('p').as('name')])
		.where('g.assessmentId', '=', id)
		.orderBy('g.recordedAt', 'desc')
		.execute();

/** A closed set's services together in one area. */
export type Together = { area: string; services: number; criteria: number; meanLow: number; meanHigh: number; shareLow: number; shareHigh: number };

/** What a closed set comes to, area by area, the whole first; empty when the actor may not see it (see `assessment.open_sets`). */
export async function togetherOf(tx: Tx, setId: string): Promise<Together[]> {
	const { rows } = await sql<{ area: string; services: string; criteria: string; meanLow: number; meanHigh: number; shareLow: number; shareHigh: number }>`select * from assessment.together(${setId}::uuid) order by area`.execute(tx);
	return rows.map((row) => ({ ...row, services: Number(row.services), criteria: Number(row.criteria) }));
}

/** What every closed set of a round comes to, by set; see {@link togetherOf}. */
export async function togetherInRound(tx: Tx, roundId: string): Promise<ReadonlyMap<string, Together[]>> {
	const { rows } = await sql<{ setId: string; area: string; services: string; criteria: string; meanLow: number; meanHigh: number; shareLow: number; shareHigh: number }>`
		select s.id as set_id, t.* from assessment.scoring_set s cross join lateral assessment.together(s.id) t where s.round_id = ${roundId}::uuid order by t.area`.execute(tx);
	return Map.groupBy(rows.map(({ setId, ...row }) => ({ ...row, setId, services: Number(row.services), criteria: Number(row.criteria) })), ({ setId }) => setId);
}

/** The closed sets of a round. */
export const setsOf = (tx: Tx, roundId: string) =>
	tx.selectFrom('assessment.scoringSet').select(['id', 'instrumentVersionId', 'services', 'closedAt']).where('roundId', '=', roundId).orderBy('closedAt').execute();

/** What changed since the round before, on the same criteria; null when there is no signed earlier round that is open to the actor. */
export type Change = { readonly earlier: { id: string; round: LocalText }; readonly areas: readonly AreaChange[] };

/** Compares a signed revision with the service's newest signed assessment in an earlier round. */
export async function changeSince(tx: Tx, { assessment, areas }: Pick<AssessmentPage, 'assessment'> & { areas: readonly ScoringArea[] }, revision: number): Promise<Change | null> {
	const earlier = await tx
		.selectFrom('assessment.serviceAssessment as a')
		.innerJoin('assessment.round as r', 'r.id', 'a.roundId')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'a.instrumentVersionId')
		.select(['a.id', 'a.signedRevision', 'a.instrumentVersionId', 'r.name as round', 'v.model'])
		.where('a.serviceId', '=', assessment.serviceId)
		.where('r.number', '<', assessment.roundNumber)
		.where('a.signedRevision', 'is not', null)
		.orderBy('r.number', 'desc')
		.executeTakeFirst();
	if (!earlier || earlier.signedRevision === null) return null;
	const before = await settledOf(tx, earlier.id, earlier.signedRevision);
	const now = await settledOf(tx, assessment.id, revision);
	if (before.size === 0 || now.size === 0) return null;
	const places = areas.flatMap((area) => area.criteria);
	const links =
		earlier.instrumentVersionId === assessment.instrumentVersionId
			? places.map(({ criterion }) => ({ later: criterion, earlier: criterion }))
			: await linksBetween(tx, earlier, assessment.instrumentVersionId);
	return { earlier: { id: earlier.id, round: earlier.round }, areas: changesOf(places, links, before, now) };
}

async function linksBetween(tx: Tx, earlier: { instrumentVersionId: string; model: unknown }, laterVersionId: string) {
	const { model } = await tx.selectFrom('assessment.instrumentVersion').select('model').where('id', '=', laterVersionId).executeTakeFirstOrThrow();
	const stated = await tx
		.selectFrom('assessment.questionMapping')
		.select(['earlierPath', 'laterPath', 'kind'])
		.where('earlierVersionId', '=', earlier.instrumentVersionId)
		.where('laterVersionId', '=', laterVersionId)
		.where('replacedAt', 'is', null)
		.execute();
	return linksOf(comparedCriteria(instrumentSchema.parse(model)), comparedCriteria(instrumentSchema.parse(earlier.model)), stated);
}

/** The side a word names. */
export const sideOf = (word: string): Side => sides.find((side) => side === word) ?? 'civil_society';

/** Versions of instruments, each once, with the model. */
export async function versionsOf(tx: Tx, ids: readonly string[]) {
	if (ids.length === 0) return [];
	const rows = await tx
		.selectFrom('assessment.instrumentVersion as v')
		.innerJoin('assessment.instrument as i', 'i.id', 'v.instrumentId')
		.select(['v.id', 'v.version', 'v.model', 'i.title'])
		.where('v.id', 'in', [...new Set(ids)])
		.orderBy('v.createdAt')
		.execute();
	return rows.map(({ model, ...row }) => ({ ...row, instrument: instrumentSchema.parse(model) }));
}

/** What a score of a closed set is called: the round, and the area if it is of one. @throws Problem `not-found` */
export async function togetherTitle(tx: Tx, setId: string, area: string): Promise<LocalText> {
	const found = await tx
		.selectFrom('assessment.scoringSet as s')
		.innerJoin('assessment.round as r', 'r.id', 's.roundId')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 's.instrumentVersionId')
		.select(['r.name', 'v.model'])
		.where('s.id', '=', setId)
		.executeTakeFirst();
	if (!found) throw notFound();
	return areaTitle(found.name, scoringAreas(instrumentSchema.parse(found.model)).find(({ code }) => code === area)?.title ?? null);
}
