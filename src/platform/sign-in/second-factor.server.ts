import { sql } from 'kysely';
import type { Tx } from '../database.server.ts';
import { newId } from '../ids.ts';
import { record } from '../journal.server.ts';
import { newCode, normalCode } from './code-text.server.ts';
import { keyed, seal, unseal } from './seal.server.ts';
import { totpStep, unsealTotp } from './totp.server.ts';

/** How many printed one-time codes a sheet holds. */
export const codesOnSheet = 10;
const codeHash = (personId: string, code: string): Buffer => keyed('one-time code', `${personId}\n${normalCode(code)}`);

/** Which second factors a person has. Runs as `sign-in`, or as the person. */
export async function factorsOf(tx: Tx, personId: string): Promise<{ totp: boolean; codesLeft: number; passkeys: number; password: boolean }> {
	const { rows } = await sql<{ totp: boolean; password: boolean; codesLeft: number; passkeys: number }>`select
		a.totp_confirmed_at is not null as totp, a.password_hash is not null as password,
		(select count(*)::int from platform.one_time_code c where c.person_id = a.person_id and c.used_at is null) as codes_left,
		(select count(*)::int from platform.passkey k where k.person_id = a.person_id) as passkeys
		from platform.account a where a.person_id = ${personId}`.execute(tx);
	return rows[0] ?? { totp: false, codesLeft: 0, passkeys: 0, password: false };
}

/** Whether what was typed has the form of an authenticator app's code; anything else is taken for a printed one. */
export const looksLikeTotp = (code: string): boolean => /^\d{6}$/.test(code.replace(/\s/g, ''));

/**
 * Uses up a printed one-time code. Two at the same moment: one of them wins. Runs as `sign-in`.
 * @returns whether it was one of hers and unused
 */
export async function useOneTimeCode(tx: Tx, personId: string, code: string, now: Date): Promise<boolean> {
	const { numAffectedRows } = await sql`update platform.one_time_code set used_at = ${now}
		where person_id = ${personId} and code_hash = ${codeHash(personId, code)} and used_at is null`.execute(tx);
	return numAffectedRows === 1n;
}

/** Checks an authenticator app's code; its time step and all before it are never accepted again. Runs as `sign-in`. */
export async function useTotp(tx: Tx, personId: string, code: string, now: Date): Promise<boolean> {
	const account = await tx.selectFrom('platform.account').select(['totpSecret', 'totpConfirmedAt']).where('personId', '=', personId).executeTakeFirst();
	const secret = account?.totpConfirmedAt && account.totpSecret ? unsealTotp(account.totpSecret) : null;
	const step = secret === null ? null : totpStep(secret, code, now);
	if (step === null) return false;
	const { numAffectedRows } = await sql`update platform.account set totp_last_step = ${step}
		where person_id = ${personId} and (totp_last_step is null or totp_last_step < ${step})`.execute(tx);
	return numAffectedRows === 1n;
}

/** Checks a second factor of either kind. Runs as `sign-in`. */
export const useSecondFactor = (tx: Tx, personId: string, code: string, now: Date): Promise<boolean> =>
	looksLikeTotp(code) ? useTotp(tx, personId, code, now) : useOneTimeCode(tx, personId, code, now);

/** Makes a new sheet of one-time codes; the old sheet is void. It can be looked at for 30 minutes, then only hashes are left. Runs as `sign-in`. */
export async function makeOneTimeCodes(tx: Tx, personId: string, now: Date): Promise<string[]> {
	const codes = Array.from({ length: codesOnSheet }, () => newCode(3));
	await tx.deleteFrom('platform.oneTimeCode').where('personId', '=', personId).execute();
	await tx
		.insertInto('platform.oneTimeCode')
		.values(codes.map((code) => ({ id: newId(), personId, codeHash: codeHash(personId, code) })))
		.execute();
	await forgetSheet(tx, personId);
	const sheet = seal('code sheet', JSON.stringify(codes)).toString('base64url');
	await tx
		.insertInto('platform.challenge')
		.values({ id: newId(), kind: 'code-sheet', personId, data: JSON.stringify({ sheet }), expiresAt: new Date(now.getTime() + 30 * 60_000) })
		.execute();
	await record(tx, 'one-time-codes.make', null, { table: 'platform.account', id: personId });
	return codes;
}

/** The fresh sheet as long as it may be looked at, or null. Runs as `sign-in`. */
export async function codeSheet(tx: Tx, personId: string, now: Date): Promise<string[] | null> {
	const { rows } = await sql<{ sheet: string }>`select data ->> 'sheet' as sheet from platform.challenge
		where kind = 'code-sheet' and person_id = ${personId} and expires_at > ${now}`.execute(tx);
	const opened = rows[0] ? unseal('code sheet', Buffer.from(rows[0].sheet, 'base64url')) : null;
	if (opened === null) return null;
	const codes: unknown = JSON.parse(opened);
	return Array.isArray(codes) ? codes.map(String) : null;
}

/** The person has the sheet: it cannot be looked at any more. Runs as `sign-in`. */
export async function forgetSheet(tx: Tx, personId: string): Promise<void> {
	await tx.deleteFrom('platform.challenge').where('kind', '=', 'code-sheet').where('personId', '=', personId).execute();
}
