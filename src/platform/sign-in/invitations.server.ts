import { randomBytes } from 'node:crypto';
import { asActor, type Tx } from '../database.server.ts';
import { record } from '../journal.server.ts';
import type { Locale } from '../locales.ts';
import { newId } from '../ids.ts';
import { problem } from '../problem.ts';
import { tokenHash } from '../session.server.ts';
import { shownName } from '../shown-name.ts';
import { makeAccount, setTotp } from './own-account.server.ts';
import { addPasskey, type Site } from './passkeys.server.ts';
import { makeOneTimeCodes } from './second-factor.server.ts';
import { totpStep } from './totp.server.ts';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';

/** Days for which an invitation can be accepted: long enough for a letter. */
export const invitationDays = 14;

/**
 * Makes an invitation for a person without an account. Runs as whoever may invite in the programme.
 * @returns the link's token, this once: only its hash is kept
 */
export async function makeInvitation(tx: Tx, { programmeId, personId, invitedBy, now }: { programmeId: string; personId: string; invitedBy: string | null; now: Date }): Promise<{ id: string; token: string }> {
	const token = randomBytes(24).toString('base64url');
	const id = newId();
	await tx
		.insertInto('platform.invitation')
		.values({ id, tokenHash: tokenHash(token), programmeId, personId, invitedBy, createdAt: now, expiresAt: new Date(now.getTime() + invitationDays * 86_400_000) })
		.execute();
	return { id, token };
}

/** An invitation that can be accepted. */
export type OpenInvitation = { readonly id: string; readonly personId: string; readonly displayName: string; readonly programmeId: string | null };

/**
 * The invitation behind a link. Runs as `sign-in`; holds the row, so that of two who accept at once one comes too late.
 * @throws Problem `invitation.void` (410) when it was used, revoked, has expired or never existed
 */
export async function openInvitation(tx: Tx, token: string, now: Date): Promise<OpenInvitation> {
	const found = await tx
		.selectFrom('platform.invitation as i')
		.innerJoin('network.person as p', 'p.id', 'i.personId')
		.select(['i.id', 'i.personId', shownName('p').as('displayName'), 'i.programmeId'])
		.where('i.tokenHash', '=', tokenHash(token.slice(0, 200)))
		.where('i.acceptedAt', 'is', null)
		.where('i.revokedAt', 'is', null)
		.where('i.expiresAt', '>', now)
		.forUpdate('i')
		.executeTakeFirst();
	if (!found) throw problem('invitation.void', 410);
	return found;
}

/** How an invited person wants to sign in from now on. */
export type Acceptance = { readonly signInName: string; readonly locale: Locale } & (
	| { readonly by: 'codes'; readonly password: string }
	| { readonly by: 'totp'; readonly password: string; readonly secret: string; readonly code: string }
	| { readonly by: 'passkey'; readonly ticket: string; readonly answer: RegistrationResponseJSON; readonly label: string; readonly site: Site }
);

/**
 * Accepts an invitation: makes the account with a second factor, all or nothing, and uses the link up. Runs as `sign-in`.
 * Everybody gets a sheet of one-time codes, for the day on which the phone is lost.
 * @throws Problem `invitation.void` (410), `sign-in-name.taken` (409), `password.easy` (400), `totp.wrong` (400), `passkey.refused` (400)
 */
export async function acceptInvitation(tx: Tx, token: string, how: Acceptance, now: Date): Promise<{ personId: string }> {
	const invitation = await openInvitation(tx, token, now);
	const { personId } = invitation;
	const { signInName, locale } = how;
	const step = how.by === 'totp' ? totpStep(how.secret, how.code, now) : null;
	if (how.by === 'totp' && step === null) throw problem('totp.wrong', 400, {}, 'code');
	await makeAccount(tx, { personId, signInName, locale, password: how.by === 'passkey' ? null : how.password });
	if (how.by === 'totp' && step !== null) await setTotp(tx, personId, { secret: how.secret, step, now });
	if (how.by === 'passkey') await addPasskey(tx, personId, how, how.site, now);
	else await makeOneTimeCodes(tx, personId, now);
	await tx.updateTable('platform.invitation').set({ acceptedAt: now }).where('id', '=', invitation.id).execute();
	await asActor(tx, { kind: 'person', personId }, () =>
		record(tx, 'invitation.accept', invitation.programmeId, { table: 'platform.invitation', id: invitation.id })
	);
	return { personId };
}
