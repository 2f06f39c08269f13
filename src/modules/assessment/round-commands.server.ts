import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { holdVersion } from '#platform/record.server.ts';
import { endOf, today } from '#platform/today.ts';
import { personIdOf } from './author.ts';
import { newToken, tokenHash } from './collection/token.server.ts';
import { missingForOpening, type RoundFields, type TokenFields } from './round.ts';

/**
 * Drafts a round.
 * @param id minted where the round was written; sending the same one again changes nothing
 */
export async function draftRound(tx: Tx, permit: Permit<'round.draft'>, fields: RoundFields, id: string = newId()): Promise<string> {
	const { places, ...round } = fields;
	const { programmeId } = permit.subject;
	const there = await tx.selectFrom('assessment.round').select('id').where('id', '=', id).executeTakeFirst();
	if (there) return id;
	const number = await nextNumber(tx, programmeId, 'round');
	await tx
		.insertInto('assessment.round')
		.values({ id, programmeId, number, ...round, createdBy: personIdOf(permit) })
		.execute();
	await setPlaces(tx, programmeId, id, places);
	await journal(tx, permit, { table: 'assessment.round', id, after: { ...fields, number } });
	return id;
}

/**
 * Changes a drafted round. What has opened keeps what people were told when they were asked.
 * @param seen the version the form was filled from
 * @throws Problem `round.not-draft`, `record.changed-since` (409)
 */
export async function editRound(tx: Tx, permit: Permit<'round.edit'>, fields: RoundFields, seen?: string): Promise<void> {
	const { id, programmeId } = permit.subject;
	await holdVersion(tx, { table: 'assessment.round', id }, seen);
	const before = await tx.selectFrom('assessment.round').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (before.state !== 'draft') throw problem('round.not-draft', 409);
	const { places, ...round } = fields;
	await tx.updateTable('assessment.round').set(round).where('id', '=', id).execute();
	await tx.deleteFrom('assessment.roundPlace').where('roundId', '=', id).execute();
	await setPlaces(tx, programmeId, id, places);
	await journal(tx, permit, { table: 'assessment.round', id, before, after: fields });
}

async function setPlaces(tx: Tx, programmeId: string, roundId: string, places: readonly string[]): Promise<void> {
	if (places.length === 0) return;
	await tx
		.insertInto('assessment.roundPlace')
		.values([...new Set(places)].map((placeId) => ({ programmeId, roundId, placeId })))
		.execute();
}

/**
 * Names the people to whom answers open row by row.
 * @throws Problem `round.analyst-unknown` (409) for who holds no role in the programme that can read evidence
 * @throws Problem `round.analysts-needed` (409) when nobody would be left for a round that is open or closed
 */
export async function nameAnalysts(tx: Tx, permit: Permit<'round.name-analysts'>, people: readonly string[]): Promise<void> {
	const { id, programmeId } = permit.subject;
	const round = await tx.selectFrom('assessment.round').select('state').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	const named = [...new Set(people)];
	if (named.length === 0 && round.state !== 'draft') throw problem('round.analysts-needed', 409);
	if (named.length > 0) {
		const known = await tx
			.selectFrom('network.roleGrant')
			.select('personId')
			.distinct()
			.where('programmeId', '=', programmeId)
			.where('endedAt', 'is', null)
			.where('role', 'in', ['coordinator', 'member', 'analyst', 'reviewer', 'official'])
			.where('personId', 'in', named)
			.execute();
		if (known.length < named.length) throw problem('round.analyst-unknown', 409);
	}
	const before = await tx.selectFrom('assessment.roundAnalyst').select('personId').where('roundId', '=', id).execute();
	await tx.deleteFrom('assessment.roundAnalyst').where('roundId', '=', id).execute();
	if (named.length > 0) {
		await tx
			.insertInto('assessment.roundAnalyst')
			.values(named.map((personId) => ({ programmeId, roundId: id, personId })))
			.execute();
	}
	await journal(tx, permit, { table: 'assessment.round', id, before: { analysts: before.map((row) => row.personId) }, after: { analysts: named } });
}

/**
 * Opens a drafted round for answers.
 * @throws Problem `round.not-draft` (409)
 * @throws Problem `round.not-ready` (409) when ethics, places or analysts are missing; the database refuses the same
 */
export async function openRound(tx: Tx, permit: Permit<'round.open'>): Promise<void> {
	const { id } = permit.subject;
	const before = await tx.selectFrom('assessment.round').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (before.state !== 'draft') throw problem('round.not-draft', 409);
	const places = await tx.selectFrom('assessment.roundPlace').select('placeId').where('roundId', '=', id).execute();
	const analysts = await tx.selectFrom('assessment.roundAnalyst').select('personId').where('roundId', '=', id).execute();
	const missing = missingForOpening(before, places.length, analysts.length);
	if (missing.length > 0) throw problem('round.not-ready', 409, { missing: missing.join(', ') });
	await tx.updateTable('assessment.round').set({ state: 'open', openedAt: momentOf(tx) }).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'assessment.round', id, before, after: { ...before, state: 'open' } });
}

/** Closes an open round: its links take no more answers. @throws Problem `round.not-open` (409) */
export async function closeRound(tx: Tx, permit: Permit<'round.close'>): Promise<void> {
	const { id } = permit.subject;
	const before = await tx.selectFrom('assessment.round').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (before.state !== 'open') throw problem('round.not-open', 409);
	await tx.updateTable('assessment.round').set({ state: 'closed', closedAt: momentOf(tx) }).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'assessment.round', id, before, after: { ...before, state: 'closed' } });
}

/**
 * Makes a collection link.
 * @returns its secret, this once: only the hash is kept
 * @throws Problem `round.closed` (409)
 * @throws Problem `team.unknown`, `team.ended` (409) when it is for the phone of a team
 * @throws Problem `token.end-past` (400) when its last day is over already
 * @throws Problem `token.shown-already` (409) when this link was made before: its secret cannot be shown again
 */
export async function makeToken(tx: Tx, permit: Permit<'token.make'>, fields: TokenFields): Promise<string> {
	const { id: roundId, programmeId } = permit.subject;
	const round = await tx.selectFrom('assessment.round').select('state').where('id', '=', roundId).executeTakeFirstOrThrow();
	if (round.state === 'closed') throw problem('round.closed', 409);
	const secret = newToken();
	const { id, label, placeId, expiresOn, ceiling, teamId, personId } = fields;
	if (teamId !== null) await holdTeamOf(tx, roundId, teamId);
	const expiresAt = expiresOn === null ? null : await endOfLastDay(tx, programmeId, expiresOn);
	const made = await tx
		.insertInto('assessment.collectionToken')
		.values({ id, programmeId, roundId, placeId, label, ceiling, expiresAt, teamId, personId, tokenHash: tokenHash(secret), createdBy: personIdOf(permit) })
		.onConflict((on) => on.column('id').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows === 0n) throw problem('token.shown-already', 409);
	await journal(tx, permit, { table: 'assessment.collection_token', id, after: { roundId, placeId, label, ceiling, expiresAt, teamId, personId } });
	return secret;
}

/** The last day counts whole, as the days of the programme do. */
async function endOfLastDay(tx: Tx, programmeId: string, day: string): Promise<Date> {
	const { timeZone } = await tx.selectFrom('network.programme').select('timeZone').where('id', '=', programmeId).executeTakeFirstOrThrow();
	if (day < today(timeZone, momentOf(tx))) throw problem('token.end-past', 400, {}, 'expiresOn');
	return endOf(day, timeZone);
}

async function holdTeamOf(tx: Tx, roundId: string, teamId: string): Promise<void> {
	const team = await tx.selectFrom('assessment.team').select('state').where('id', '=', teamId).where('roundId', '=', roundId).forShare().executeTakeFirst();
	if (!team) throw problem('team.unknown', 409);
	if (team.state === 'ended') throw problem('team.ended', 409);
}

/** Makes a link useless from now on; answers that came through it stay. */
export async function revokeToken(tx: Tx, permit: Permit<'token.revoke'>): Promise<void> {
	const { id } = permit.subject;
	const before = await tx.selectFrom('assessment.collectionToken').select('revokedAt').where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (before.revokedAt) return;
	const revokedAt = momentOf(tx);
	await tx.updateTable('assessment.collectionToken').set({ revokedAt }).where('id', '=', id).execute();
	await journal(tx, permit, { table: 'assessment.collection_token', id, before, after: { revokedAt } });
}
