import { randomBytes } from 'node:crypto';
import { momentOf } from '#platform/clock.server.ts';
import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal, journalAll, type JournalEntry } from '#platform/journal.server.ts';
import { nextNumber } from '#platform/numbers.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { personIn } from '#platform/record.server.ts';
import { searchText } from '#platform/search-text.ts';
import { spreadsOf } from './queries.server.ts';
import { codeFrom, mostTurns, type SessionFields, type SessionState } from './session.ts';

const table = 'gaps.session';

/** Prepares a session over some open gaps. */
export async function draftSession(tx: Tx, permit: Permit<'session.draft'>, { title, placeId, gaps }: SessionFields, id: string = newId()): Promise<string> {
	const { programmeId } = permit.subject;
	const there = await tx.selectFrom('gaps.session').select('id').where('id', '=', id).executeTakeFirst();
	if (there) return id;
	const number = await nextNumber(tx, programmeId, 'session');
	const chosen = [...new Set(gaps)];
	const open = await tx.selectFrom('gaps.gap').select('id').where('id', 'in', chosen).where('programmeId', '=', programmeId).where('state', '=', 'open').execute();
	if (open.length < chosen.length) throw problem('session.gaps-not-open', 409, {}, 'gaps');
	const row = { id, programmeId, placeId, number, title, search: searchText(title), createdBy: personIn(permit), createdAt: momentOf(tx) };
	await tx.insertInto('gaps.session').values({ ...row, code: codeFrom(randomBytes(6)) }).execute();
	await tx.insertInto('gaps.sessionGap').values(chosen.map((gapId, i) => ({ programmeId, sessionId: id, gapId, position: i + 1 }))).execute();
	await journal(tx, permit, { table, id, after: { ...row, gaps: chosen } });
	return id;
}

/** Moves a session on under a lock: of two people who do the same at once the second is told that it has happened. */
async function move(tx: Tx, permit: Permit<'session.run' | 'session.adopt'>, from: readonly SessionState[], to: SessionState, nextTurn = false) {
	const { id } = permit.subject;
	const before = await tx.selectFrom('gaps.session').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
	if (!from.some((state) => state === before.state)) throw problem('session.moved-on', 409);
	const change = { state: to, turn: before.turn + (nextTurn ? 1 : 0), updatedAt: momentOf(tx) };
	if (change.turn > mostTurns) throw problem('session.turns-over', 409);
	await tx.updateTable('gaps.session').set(change).where('id', '=', id).execute();
	await journal(tx, permit, { table, id, before, after: { ...before, ...change } });
	return { ...before, ...change };
}

/** Opens the first turn. @throws Problem `session.moved-on` (409) */
export const startSession = (tx: Tx, permit: Permit<'session.run'>) => move(tx, permit, ['draft'], 'scoring');
/** Ends the turn: no vote comes in any more, and the spread is shown. @throws Problem `session.moved-on` (409) */
export const showSpread = (tx: Tx, permit: Permit<'session.run'>) => move(tx, permit, ['scoring'], 'shown');
/** Opens another turn after the talk; everybody starts from what they said before. @throws Problem `session.moved-on`, `session.turns-over` (409) */
export const scoreAgain = (tx: Tx, permit: Permit<'session.run'>) => move(tx, permit, ['shown'], 'scoring', true);
/** Ends a session without a result. What was said stays where it was. @throws Problem `session.moved-on` (409) */
export const cancelSession = (tx: Tx, permit: Permit<'session.run'>) => move(tx, permit, ['draft', 'scoring', 'shown'], 'cancelled');

/**
 * Adopts the medians of the last turn for the gaps that are open still; how many scored two or more away is kept as dissent. A gap that
 * nobody scored keeps what it had.
 * @throws Problem `session.moved-on`, `session.nobody-scored` (409)
 */
export async function adoptResult(tx: Tx, permit: Permit<'session.adopt'>): Promise<void> {
	const { id: sessionId } = permit.subject;
	const { turn } = await move(tx, permit, ['shown'], 'adopted');
	const spreads = (await spreadsOf(tx, sessionId)).filter((spread) => spread.turn === turn);
	if (spreads.length === 0) throw problem('session.nobody-scored', 409);
	const entries: JournalEntry[] = [];
	for (const { gapId, severity, feasibility } of spreads) {
		const result = { severity: severity.median, feasibility: feasibility.median };
		const dissent = { severity: severity.apart, feasibility: feasibility.apart, severityOf: severity.n, feasibilityOf: feasibility.n };
		await tx.updateTable('gaps.sessionGap').set({ ...result, dissent: JSON.stringify(dissent) }).where('sessionId', '=', sessionId).where('gapId', '=', gapId).execute();
		const before = await tx.selectFrom('gaps.gap').selectAll().where('id', '=', gapId).forUpdate().executeTakeFirst();
		if (before?.state !== 'open') continue;
		const set = { severity: result.severity ?? before.severity, feasibility: result.feasibility ?? before.feasibility, sessionId, updatedAt: momentOf(tx) };
		await tx.updateTable('gaps.gap').set(set).where('id', '=', gapId).execute();
		entries.push({ table: 'gaps.gap', id: gapId, before, after: { ...before, ...set } });
	}
	await journalAll(tx, permit, entries);
}
