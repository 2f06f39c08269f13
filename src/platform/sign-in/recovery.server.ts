import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { asActor, type Tx } from '../database.server.ts';
import { newId } from '../ids.ts';
import { record } from '../journal.server.ts';
import { problem } from '../problem.ts';
import { tokenHash } from '../session.server.ts';
import { newCode, normalCode } from './code-text.server.ts';
import { demandStrength, hashPassword } from './password.server.ts';
import { keyed } from './seal.server.ts';
import { makeOneTimeCodes } from './second-factor.server.ts';
import { endOtherSessions } from './sessions.server.ts';
import { setTotp } from './own-account.server.ts';
import { totpStep } from './totp.server.ts';

/** Hours within which a second person confirms, and within which the link is used. */
export const recoveryHours = { toConfirm: 72, toUse: 48 } as const;
/** Wrong codes after which a link is void. Only who holds the link can use these up. */
const tries = 5;

const codeHash = (recoveryId: string, code: string): Buffer => keyed('recovery code', `${recoveryId}\n${normalCode(code)}`);

/** A code for a recovery, and the hash under which it is kept. */
export function newRecoveryCode(recoveryId: string): { code: string; codeHash: Buffer } {
	const code = newCode(3);
	return { code, codeHash: codeHash(recoveryId, code) };
}

/** A token for the link, and the hash under which it is kept. */
export function newRecoveryToken(): { token: string; tokenHash: Buffer } {
	const token = randomBytes(24).toString('base64url');
	return { token, tokenHash: tokenHash(token) };
}

/** An account that can be given back by this link. */
export type OpenRecovery = { readonly id: string; readonly personId: string; readonly programmeId: string | null; readonly displayName: string; readonly signInName: string };

type Kept = OpenRecovery & { readonly codeHash: Buffer; readonly tries: number };

/**
 * The recovery behind a link. Runs as `sign-in`; holds the row, so that of two who use it at once one comes too late.
 * @throws Problem `recovery.void` (410) when it was used, ended, is too old or never existed: all are answered alike
 */
export async function openRecovery(tx: Tx, token: string, now: Date): Promise<Kept> {
	const found = await tx
		.selectFrom('platform.recovery as r')
		.innerJoin('network.person as p', 'p.id', 'r.personId')
		.innerJoin('platform.account as a', 'a.personId', 'r.personId')
		.select(['r.id', 'r.personId', 'r.programmeId', 'p.displayName', 'a.signInName', 'r.codeHash', 'r.tries'])
		.where('r.tokenHash', '=', tokenHash(token.slice(0, 200)))
		.where('r.usedAt', 'is', null)
		.where('r.endedAt', 'is', null)
		.where('r.expiresAt', '>', now)
		.where('r.tries', '<', tries)
		.where('a.disabledAt', 'is', null)
		.forUpdate('r')
		.executeTakeFirst();
	if (!found) throw problem('recovery.void', 410);
	return found;
}

/**
 * Counts a try at the code before it is looked at, in a transaction of its own: what follows may be refused and undone.
 * @throws Problem `recovery.void` (410), `recovery.code-wrong` (400)
 */
export async function tryRecoveryCode(tx: Tx, token: string, code: string, now: Date): Promise<boolean> {
	const open = await openRecovery(tx, token, now);
	if (open.codeHash.equals(codeHash(open.id, code))) return true;
	await tx.updateTable('platform.recovery').set({ tries: open.tries + 1 }).where('id', '=', open.id).execute();
	return false;
}

/** How the person signs in from now on. */
export type Recovered = { readonly code: string; readonly password: string } & (
	| { readonly by: 'codes' }
	| { readonly by: 'totp'; readonly secret: string; readonly appCode: string }
);

/**
 * Gives the account back: what opened it before is taken away (password, authenticator app, printed codes, passkeys), every session
 * ends, and a new password and second factor are set, all or nothing. Runs as `sign-in`, after {@link tryRecoveryCode}.
 * @throws Problem `recovery.void` (410), `recovery.code-wrong` (400), `password.easy` (400), `totp.wrong` (400)
 */
export async function useRecovery(tx: Tx, token: string, how: Recovered, now: Date): Promise<OpenRecovery> {
	const open = await openRecovery(tx, token, now);
	const { personId, signInName } = open;
	if (!open.codeHash.equals(codeHash(open.id, how.code))) throw problem('recovery.code-wrong', 400, {}, 'recovery-secret');
	demandStrength(how.password, signInName);
	const step = how.by === 'totp' ? totpStep(how.secret, how.appCode, now) : null;
	if (how.by === 'totp' && step === null) throw problem('totp.wrong', 400, {}, 'code');
	const passwordHash = await hashPassword(how.password);
	await tx.updateTable('platform.account').set({ passwordHash, totpSecret: null, totpConfirmedAt: null, totpLastStep: null }).where('personId', '=', personId).execute();
	await tx.deleteFrom('platform.passkey').where('personId', '=', personId).execute();
	if (how.by === 'totp' && step !== null) await setTotp(tx, personId, { secret: how.secret, step, now });
	await makeOneTimeCodes(tx, personId, now);
	await endOtherSessions(tx, personId, null, now);
	await tx.updateTable('platform.recovery').set({ usedAt: now }).where('id', '=', open.id).execute();
	await asActor(tx, { kind: 'person', personId }, () => record(tx, 'recovery.use', open.programmeId, { table: 'platform.recovery', id: open.id }));
	return open;
}

/** A recovery of one's own account that is under way; to be told of, in case it was not the person herself who wanted it. Runs as the person. */
export const myRecovery = (tx: Tx, personId: string, now: Date) =>
	tx
		.selectFrom('platform.recovery')
		.select(['id', 'askedAt', 'confirmedAt', 'expiresAt'])
		.where('personId', '=', personId)
		.where('usedAt', 'is', null)
		.where('endedAt', 'is', null)
		.where('expiresAt', '>', now)
		.executeTakeFirst();

/** The person herself says that she has not lost anything. @throws Problem `recovery.void` (409) */
export async function endMyRecovery(tx: Tx, personId: string, id: string, now: Date): Promise<void> {
	const done = await tx
		.updateTable('platform.recovery')
		.set({ endedAt: now, endedBy: personId })
		.where('id', '=', id)
		.where('personId', '=', personId)
		.where('usedAt', 'is', null)
		.where('endedAt', 'is', null)
		.executeTakeFirst();
	if (done.numUpdatedRows !== 1n) throw problem('recovery.void', 409);
	await record(tx, 'recovery.end', null, { table: 'platform.recovery', id });
}

/**
 * A way in for whom nobody in the program can help: the last coordinator, whoever administers the installation. Whoever reads the
 * terminal of the server holds everything anyway; the journal and the person's messages say that it was done. Runs as `sign-in`.
 * @returns token and code, this once
 * @throws Problem `person.no-account` (409)
 */
export async function recoverAtTerminal(tx: Tx, signInName: string, now: Date): Promise<{ personId: string; token: string; code: string }> {
	const account = await tx.selectFrom('platform.account').select('personId').where('signInName', '=', signInName).where('disabledAt', 'is', null).executeTakeFirst();
	if (!account) throw problem('person.no-account', 409);
	const { personId } = account;
	await sql`update platform.recovery set ended_at = ${now} where person_id = ${personId} and used_at is null and ended_at is null`.execute(tx);
	const id = newId();
	const { code, codeHash: kept } = newRecoveryCode(id);
	const { token, tokenHash: hash } = newRecoveryToken();
	const expiresAt = new Date(now.getTime() + recoveryHours.toUse * 3_600_000);
	await tx.insertInto('platform.recovery').values({ id, personId, codeHash: kept, tokenHash: hash, confirmedAt: now, askedAt: now, expiresAt }).execute();
	await record(tx, 'recovery.at-the-terminal', null, { table: 'platform.recovery', id, after: { personId } });
	return { personId, token, code };
}
