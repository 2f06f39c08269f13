import type { Tx } from '#platform/database.server.ts';
import { newId } from '#platform/ids.ts';
import { journal } from '#platform/journal.server.ts';
import type { Permit } from '#platform/permit.server.ts';
import { problem } from '#platform/problem.ts';
import { newRecoveryCode, newRecoveryToken, recoveryHours } from '#platform/sign-in/recovery.server.ts';
import { tell, tellCoordinators } from './tell.server.ts';

/**
 * Asks for an account to be given back to a person who lost every way to sign in; an earlier asking ends. Nothing of the account
 * changes by it: who asks cannot lock anybody out.
 * @returns the code, this once: the person needs it together with the link, which a second person gets
 * @throws Problem `person.no-account`, `person.elsewhere-too`, `recovery.at-the-terminal` (409), `recovery.oneself` (409)
 */
export async function askRecovery(tx: Tx, permit: Permit<'recovery.ask'>, now: Date = new Date()): Promise<{ id: string; code: string }> {
	const { id: personId, programmeId } = permit.subject;
	const by = personOf(permit);
	if (personId === by) throw problem('recovery.oneself', 409);
	await tx
		.updateTable('platform.recovery')
		.set({ endedAt: now, endedBy: by })
		.where('personId', '=', personId)
		.where('usedAt', 'is', null)
		.where('endedAt', 'is', null)
		.execute();
	const id = newId();
	const { code, codeHash } = newRecoveryCode(id);
	const expiresAt = new Date(now.getTime() + recoveryHours.toConfirm * 3_600_000);
	await tx.insertInto('platform.recovery').values({ id, programmeId, personId, askedBy: by, askedAt: now, codeHash, expiresAt }).execute();
	await journal(tx, permit, { table: 'platform.recovery', id, after: { personId } });
	await tell(tx, programmeId, personId, 'recovery-asked');
	await tellCoordinators(tx, programmeId, 'recovery-asked', personId);
	return { id, code };
}

/**
 * Confirms what another asked for. Who confirms gets the link and not the code.
 * @returns the link's token, this once: only its hash is kept
 * @throws Problem `recovery.void` (409) when it was confirmed, used, ended or is too old
 */
export async function confirmRecovery(tx: Tx, permit: Permit<'recovery.confirm'>, now: Date = new Date()): Promise<{ personId: string; token: string }> {
	const { id } = permit.subject;
	const { token, tokenHash } = newRecoveryToken();
	const done = await tx
		.updateTable('platform.recovery')
		.set({ confirmedBy: personOf(permit), confirmedAt: now, tokenHash, expiresAt: new Date(now.getTime() + recoveryHours.toUse * 3_600_000) })
		.where('id', '=', id)
		.where('confirmedAt', 'is', null)
		.where('endedAt', 'is', null)
		.where('expiresAt', '>', now)
		.returning('personId')
		.executeTakeFirst();
	if (!done) throw problem('recovery.void', 409);
	await journal(tx, permit, { table: 'platform.recovery', id, after: { confirmed: true } });
	return { personId: done.personId, token };
}

/** Ends it, whoever asked and however far it has come; the account stays as it is. @throws Problem `recovery.void` (409) */
export async function endRecovery(tx: Tx, permit: Permit<'recovery.end'>, now: Date = new Date()): Promise<void> {
	const { id } = permit.subject;
	const done = await tx
		.updateTable('platform.recovery')
		.set({ endedAt: now, endedBy: personOf(permit) })
		.where('id', '=', id)
		.where('usedAt', 'is', null)
		.where('endedAt', 'is', null)
		.executeTakeFirst();
	if (done.numUpdatedRows !== 1n) throw problem('recovery.void', 409);
	await journal(tx, permit, { table: 'platform.recovery', id, after: { ended: true } });
}

function personOf(permit: Permit<string>): string {
	if (permit.actor.kind !== 'person') throw problem('not-permitted', 403);
	return permit.actor.personId;
}
