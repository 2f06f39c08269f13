import { sql } from 'kysely';
import type { Tx } from '#platform/database.server.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { holdVersion } from '#platform/record.server.ts';
import { personIdOf } from '../author.ts';
import { teamLacks, type MemberFields, type TeamFields, type TeamState } from './team.ts';
import { sidesOf } from './team-queries.server.ts';

/**
 * Makes a team of a round.
 * @param id minted where the form was made; sending the same one again changes nothing
 * @throws Problem `round.closed-plan` (409), `team.name-taken` (409)
 */
export async function makeTeam(tx: Tx, permit: Permit<'team.make'>, id: string, { places, services, ...fields }: TeamFields): Promise<void> {
	const { id: roundId, programmeId } = permit.subject;
	await holdRound(tx, roundId);
	const there = await tx.selectFrom('assessment.team').select('id').where('id', '=', id).executeTakeFirst();
	if (there) return;
	await holdName(tx, roundId, id, fields.name);
	await tx.insertInto('assessment.team').values({ id, programmeId, roundId, ...fields, createdBy: personIdOf(permit) }).execute();
	await assign(tx, programmeId, id, places, services);
	await journal(tx, permit, { table: 'assessment.team', id, after: { roundId, ...fields, places, services } });
}

/**
 * Changes a team's name, days, places and services.
 * @param seen the version the form was filled from
 * @throws Problem `team.ended`, `team.name-taken`, `record.changed-since` (409)
 */
export async function editTeam(tx: Tx, permit: Permit<'team.edit'>, { places, services, ...fields }: TeamFields, seen?: string): Promise<void> {
	const { id, programmeId } = permit.subject;
	await holdVersion(tx, { table: 'assessment.team', id }, seen);
	const before = await held(tx, id);
	await holdName(tx, before.roundId, id, fields.name);
	await tx.updateTable('assessment.team').set(fields).where('id', '=', id).execute();
	await tx.deleteFrom('assessment.teamPlace').where('teamId', '=', id).execute();
	await tx.deleteFrom('assessment.teamService').where('teamId', '=', id).execute();
	await assign(tx, programmeId, id, places, services);
	await journal(tx, permit, { table: 'assessment.team', id, before, after: { ...fields, places, services } });
}

/** Takes a person into a team; again changes nothing. @throws Problem `team.ended`, `team.member-unknown` (409) */
export async function addMember(tx: Tx, permit: Permit<'team.edit'>, { personId, organisationId }: MemberFields): Promise<void> {
	const { id: teamId, programmeId } = permit.subject;
	await held(tx, teamId);
	const { rows: granted } = await sql`select from assessment.team_candidates(${programmeId}::uuid) c
		where c.person_id = ${personId}::uuid and (${organisationId}::uuid is null or c.organisation_id = ${organisationId}::uuid)`.execute(tx);
	if (granted.length === 0) throw problem('team.member-unknown', 409, {}, 'member');
	const added = await tx
		.insertInto('assessment.teamMember')
		.values({ programmeId, teamId, personId, organisationId })
		.onConflict((on) => on.columns(['teamId', 'personId']).doNothing())
		.executeTakeFirst();
	if (added.numInsertedOrUpdatedRows === 0n) return;
	await journal(tx, permit, { table: 'assessment.team', id: teamId, after: { member: personId, organisationId } });
}

/**
 * Takes a person out of a team. A ready team has to stay what it has to be.
 * @throws Problem `team.member-has-phone` (409) while a link of theirs works
 * @throws Problem `team.empty`, `team.not-joint` (409); the database refuses the same
 */
export async function removeMember(tx: Tx, permit: Permit<'team.edit'>, personId: string): Promise<void> {
	const { id: teamId } = permit.subject;
	const { state, joint } = await held(tx, teamId);
	const links = await tx.selectFrom('assessment.collectionToken').select('id').where('teamId', '=', teamId).where('personId', '=', personId).where('revokedAt', 'is', null).execute();
	if (links.length > 0) throw problem('team.member-has-phone', 409);
	await tx.updateTable('assessment.collectionToken').set({ personId: null }).where('teamId', '=', teamId).where('personId', '=', personId).execute();
	const gone = await tx.deleteFrom('assessment.teamMember').where('teamId', '=', teamId).where('personId', '=', personId).executeTakeFirst();
	if (gone.numDeletedRows === 0n) return;
	if (state === 'ready') holdReady(joint, await sidesOf(tx, teamId));
	await journal(tx, permit, { table: 'assessment.team', id: teamId, before: { member: personId } });
}

/**
 * Makes a team ready, takes that back, or ends it; an ended team's links are revoked with it.
 * @throws Problem `team.empty`, `team.not-joint` (409) for a team that is not ready yet
 */
export async function moveTeam(tx: Tx, permit: Permit<'team.edit'>, state: TeamState): Promise<void> {
	const { id } = permit.subject;
	const before = await held(tx, id);
	if (before.state === state) return;
	if (state === 'ready') holdReady(before.joint, await sidesOf(tx, id));
	await tx.updateTable('assessment.team').set({ state }).where('id', '=', id).execute();
	if (state === 'ended') await tx.updateTable('assessment.collectionToken').set({ revokedAt: new Date() }).where('teamId', '=', id).where('revokedAt', 'is', null).execute();
	await journal(tx, permit, { table: 'assessment.team', id, before: { state: before.state }, after: { state } });
}

function holdReady(joint: boolean, sides: Parameters<typeof teamLacks>[1]): void {
	const lacks = teamLacks(joint, sides);
	if (lacks !== null) throw problem(lacks, 409);
}

async function assign(tx: Tx, programmeId: string, teamId: string, places: readonly string[], services: readonly string[]): Promise<void> {
	if (places.length > 0) await tx.insertInto('assessment.teamPlace').values([...new Set(places)].map((placeId) => ({ programmeId, teamId, placeId }))).execute();
	if (services.length > 0) await tx.insertInto('assessment.teamService').values([...new Set(services)].map((organisationId) => ({ programmeId, teamId, organisationId }))).execute();
}

async function held(tx: Tx, id: string) {
	const found = await tx
		.selectFrom('assessment.team as t')
		.innerJoin('assessment.round as r', 'r.id', 't.roundId')
		.select(['t.state', 't.name', 't.startsOn', 't.endsOn', 't.roundId', 'r.joint'])
		.where('t.id', '=', id)
		.forUpdate('t')
		.executeTakeFirstOrThrow();
	if (found.state === 'ended') throw problem('team.ended', 409);
	return found;
}

async function holdRound(tx: Tx, id: string): Promise<void> {
	const { state } = await tx.selectFrom('assessment.round').select('state').where('id', '=', id).executeTakeFirstOrThrow();
	if (state === 'closed') throw problem('round.closed-plan', 409);
}

async function holdName(tx: Tx, roundId: string, id: string, name: string): Promise<void> {
	const same = await tx.selectFrom('assessment.team').select('id').where('roundId', '=', roundId).where('name', '=', name).where('id', '<>', id).executeTakeFirst();
	if (same) throw problem('team.name-taken', 409, {}, 'name');
}
