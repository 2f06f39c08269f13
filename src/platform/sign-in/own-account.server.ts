import { system } from '../actor.ts';
import { asActor, type Tx } from '../database.server.ts';
import { record } from '../journal.server.ts';
import type { Locale } from '../locales.ts';
import { notFound, problem } from '../problem.ts';
import { newId } from '../ids.ts';
import { hashPassword, demandStrength } from './password.server.ts';
import { factorsOf } from './second-factor.server.ts';
import { endOtherSessions } from './sessions.server.ts';
import { newTotpSecret, sealTotp, totpStep, unsealTotp } from './totp.server.ts';

/** A way to sign in, as it is chosen on an invitation and at the first run. */
export type NewAccount = {
	readonly personId: string;
	readonly signInName: string;
	/** Null: the person signs in with passkeys alone. */
	readonly password: string | null;
	readonly locale: Locale;
	readonly installationAdministrator?: boolean;
};

/**
 * Makes a person's account. Runs as `sign-in`.
 * @throws Problem `sign-in-name.taken` (409), `password.easy` (400)
 */
export async function makeAccount(tx: Tx, account: NewAccount): Promise<void> {
	const { personId, signInName, password, locale, installationAdministrator = false } = account;
	if (password !== null) demandStrength(password, signInName);
	const passwordHash = password === null ? null : await hashPassword(password);
	const made = await tx
		.insertInto('platform.account')
		.values({ personId, signInName, passwordHash, locale, installationAdministrator })
		.onConflict((on) => on.column('signInName').doNothing())
		.executeTakeFirst();
	if (made.numInsertedOrUpdatedRows !== 1n) throw problem('sign-in-name.taken', 409, {}, 'signInName');
	await recordOwn(tx, personId, 'account.make', { signInName, locale, installationAdministrator });
}

const recordOwn = (tx: Tx, personId: string, verb: string, after?: unknown): Promise<void> =>
	asActor(tx, { kind: 'person', personId }, () => record(tx, verb, null, { table: 'platform.account', id: personId, after }));

const asSignIn = <T>(tx: Tx, work: () => Promise<T>): Promise<T> => asActor(tx, system('sign-in'), work);

/** Changes the acting person's own password and ends her other sessions. @throws Problem `password.easy` (400) */
export async function changePassword(tx: Tx, me: { personId: string; sessionId: string }, password: string, now: Date): Promise<void> {
	await asSignIn(tx, async () => {
		const account = await tx.selectFrom('platform.account').select('signInName').where('personId', '=', me.personId).executeTakeFirstOrThrow();
		demandStrength(password, account.signInName);
		const passwordHash = await hashPassword(password);
		await tx.updateTable('platform.account').set({ passwordHash }).where('personId', '=', me.personId).execute();
		await endOtherSessions(tx, me.personId, me.sessionId, now);
		await recordOwn(tx, me.personId, 'password.change');
	});
}

/** Remembers the language somebody wants to be met in. */
export async function changeLanguage(tx: Tx, personId: string, locale: Locale): Promise<void> {
	await asSignIn(tx, async () => {
		await tx.updateTable('platform.account').set({ locale }).where('personId', '=', personId).execute();
		await recordOwn(tx, personId, 'account.language', { locale });
	});
}

/** The secret that an authenticator app is being set up with: the pending one, or a new one. Null when one is set up already. */
export async function pendingTotp(tx: Tx, personId: string): Promise<{ secret: string; signInName: string } | null> {
	return asSignIn(tx, async () => {
		const account = await tx
			.selectFrom('platform.account')
			.select(['signInName', 'totpSecret', 'totpConfirmedAt'])
			.where('personId', '=', personId)
			.forUpdate()
			.executeTakeFirstOrThrow();
		if (account.totpConfirmedAt) return null;
		const there = account.totpSecret ? unsealTotp(account.totpSecret) : null;
		if (there) return { secret: there, signInName: account.signInName };
		const secret = newTotpSecret();
		await tx.updateTable('platform.account').set({ totpSecret: sealTotp(secret) }).where('personId', '=', personId).execute();
		return { secret, signInName: account.signInName };
	});
}

/** Confirms the authenticator app by a first code, which is thereby used up. @throws Problem `totp.wrong` (400) */
export async function confirmTotp(tx: Tx, personId: string, code: string, now: Date): Promise<void> {
	const pending = await pendingTotp(tx, personId);
	const step = pending ? totpStep(pending.secret, code, now) : null;
	if (step === null) throw problem('totp.wrong', 400, {}, 'code');
	await setTotp(tx, personId, { step, now });
}

/** Marks the pending secret, or the one given, as set up. */
export async function setTotp(tx: Tx, personId: string, { secret, step, now }: { secret?: string; step: number; now: Date }): Promise<void> {
	await asSignIn(tx, async () => {
		await tx
			.updateTable('platform.account')
			.set({ totpConfirmedAt: now, totpLastStep: step, ...(secret ? { totpSecret: sealTotp(secret) } : {}) })
			.where('personId', '=', personId)
			.execute();
		await recordOwn(tx, personId, 'totp.set-up');
	});
}

/** Takes the authenticator app away. @throws Problem `account.last-way` (409) when nothing else would be left to sign in with */
export async function removeTotp(tx: Tx, personId: string): Promise<void> {
	await asSignIn(tx, async () => {
		await demandAnotherWay(tx, personId, { totp: true });
		await tx.updateTable('platform.account').set({ totpSecret: null, totpConfirmedAt: null, totpLastStep: null }).where('personId', '=', personId).execute();
		await recordOwn(tx, personId, 'totp.remove');
	});
}

/** Takes a passkey away. @throws Problem `not-found`, `account.last-way` (409) */
export async function removePasskey(tx: Tx, personId: string, id: string): Promise<void> {
	await asSignIn(tx, async () => {
		await demandAnotherWay(tx, personId, { passkey: true });
		const done = await tx.deleteFrom('platform.passkey').where('id', '=', id).where('personId', '=', personId).executeTakeFirst();
		if (done.numDeletedRows !== 1n) throw notFound();
		await recordOwn(tx, personId, 'passkey.remove', { id });
	});
}

async function demandAnotherWay(tx: Tx, personId: string, without: { totp?: boolean; passkey?: boolean }): Promise<void> {
	await tx.selectFrom('platform.account').select('personId').where('personId', '=', personId).forUpdate().execute();
	const { totp, codesLeft, passkeys, password } = await factorsOf(tx, personId);
	const byPassword = password && ((totp && !without.totp) || codesLeft > 0);
	if (!byPassword && passkeys - (without.passkey ? 1 : 0) <= 0) throw problem('account.last-way', 409);
}

/** Makes a person of the installation. Runs as `first-run`. @returns the id */
export async function makePerson(tx: Tx, displayName: string): Promise<string> {
	const id = newId();
	await tx.insertInto('network.person').values({ id, displayName }).execute();
	return id;
}
