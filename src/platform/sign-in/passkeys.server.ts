import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
	type AuthenticationResponseJSON,
	type AuthenticatorTransport,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
	type RegistrationResponseJSON
} from '@simplewebauthn/server';
import { parse as uuidBytes } from 'uuid';
import { z } from 'zod';
import { asActor, type Tx } from '../database.server.ts';
import { record } from '../journal.server.ts';
import { problem } from '../problem.ts';
import { issueTicket, readTicket, spendTicket } from './ticket.server.ts';

/** The site that a passkey is bound to, as the browser sees it. */
export type Site = { readonly host: string; readonly origin: string };

/** Passkeys exist over HTTPS and on this very machine only; browsers refuse them for bare IP addresses. */
export const passkeysPossible = ({ protocol, hostname }: URL): boolean =>
	hostname === 'localhost' || (protocol === 'https:' && !/^[\d.]+$|^\[/.test(hostname));

const ticketData = z.object({ personId: z.uuid().nullable(), challenge: z.string() });
/** Minutes to touch the key. */
const minutes = 5;

const transports: readonly AuthenticatorTransport[] = ['ble', 'hybrid', 'internal', 'nfc', 'usb'];
const known = (given: readonly string[]): AuthenticatorTransport[] => transports.filter((each) => given.includes(each));

const isAnswer = (value: unknown): boolean =>
	z.object({ id: z.string().max(1400), rawId: z.string(), type: z.literal('public-key'), response: z.record(z.string(), z.unknown()) }).safeParse(value).success;

/** JSON as a hidden field brings it. */
const fromField = z.string().max(40_000).transform((text, context): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		context.addIssue({ code: 'custom', message: 'passkey.refused' });
		return z.NEVER;
	}
});
/** What the browser made of the options; checked in full by the verification. */
export const registrationAnswer = fromField.pipe(z.custom<RegistrationResponseJSON>(isAnswer, 'passkey.refused'));
export const authenticationAnswer = fromField.pipe(z.custom<AuthenticationResponseJSON>(isAnswer, 'passkey.refused'));

/** What the browser is asked for a new passkey of a person. Runs as `sign-in`. */
export async function registrationOptions(
	tx: Tx,
	person: { personId: string; signInName: string; displayName: string },
	site: Site,
	now: Date
): Promise<{ options: PublicKeyCredentialCreationOptionsJSON; ticket: string }> {
	const have = await tx.selectFrom('platform.passkey').select(['id', 'transports']).where('personId', '=', person.personId).execute();
	const options = await generateRegistrationOptions({
		rpName: 'Hamkor',
		rpID: site.host,
		userID: new Uint8Array(uuidBytes(person.personId)),
		userName: person.signInName,
		userDisplayName: person.displayName,
		attestationType: 'none',
		excludeCredentials: have.map((key) => ({ id: key.id, transports: known(key.transports) })),
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' }
	});
	return { options, ticket: issueTicket('passkey-register', { personId: person.personId, challenge: options.challenge }, minutes, now) };
}

/**
 * Keeps a new passkey. Runs as `sign-in`; the person's account is there.
 * @throws Problem `sign-in.expired` (400), `passkey.refused` (400)
 */
export async function addPasskey(
	tx: Tx,
	personId: string,
	given: { ticket: string; answer: RegistrationResponseJSON; label: string },
	site: Site,
	now: Date
): Promise<void> {
	const ticket = readTicket('passkey-register', ticketData, given.ticket, now);
	if (!ticket || ticket.data.personId !== personId) throw problem('sign-in.expired', 400);
	await spendTicket(tx, 'passkey-register', ticket, now);
	const result = await verifyRegistrationResponse({
		response: given.answer,
		expectedChallenge: ticket.data.challenge,
		expectedOrigin: site.origin,
		expectedRPID: site.host,
		requireUserVerification: true
	}).catch(() => null);
	if (!result?.verified) throw problem('passkey.refused', 400);
	const { id, publicKey, counter, transports: ways = [] } = result.registrationInfo.credential;
	await tx
		.insertInto('platform.passkey')
		.values({ id, personId, publicKey: Buffer.from(publicKey), counter, transports: known(ways), label: given.label.slice(0, 80) })
		.execute();
	await asActor(tx, { kind: 'person', personId }, () => record(tx, 'passkey.add', null, { table: 'platform.account', id: personId, after: { id } }));
}

/**
 * What the browser is asked to prove a passkey. For signing in nobody is named: the key itself says whose it is.
 * @param personId for unlocking and stepping up: only this person's keys
 */
export async function authenticationOptions(
	tx: Tx,
	personId: string | null,
	site: Site,
	now: Date
): Promise<{ options: PublicKeyCredentialRequestOptionsJSON; ticket: string }> {
	const keys = personId ? await tx.selectFrom('platform.passkey').select(['id', 'transports']).where('personId', '=', personId).execute() : [];
	const options = await generateAuthenticationOptions({
		rpID: site.host,
		userVerification: 'required',
		allowCredentials: keys.map((key) => ({ id: key.id, transports: known(key.transports) }))
	});
	return { options, ticket: issueTicket('passkey-sign-in', { personId, challenge: options.challenge }, minutes, now) };
}

/**
 * Checks a proof and says whose passkey it was. A passkey unlocked by its owner is both factors at once. Runs as `sign-in`.
 * @throws Problem `sign-in.expired` (400), `passkey.refused` (401)
 */
export async function provePasskey(
	tx: Tx,
	given: { ticket: string; answer: AuthenticationResponseJSON },
	site: Site,
	now: Date
): Promise<{ personId: string; signInName: string; askedOf: string | null }> {
	const ticket = readTicket('passkey-sign-in', ticketData, given.ticket, now);
	if (!ticket) throw problem('sign-in.expired', 400);
	await spendTicket(tx, 'passkey-sign-in', ticket, now);
	const key = await tx
		.selectFrom('platform.passkey as k')
		.innerJoin('platform.account as a', 'a.personId', 'k.personId')
		.select(['k.id', 'k.personId', 'k.publicKey', 'k.counter', 'k.transports', 'a.signInName'])
		.where('k.id', '=', given.answer.id)
		.where('a.disabledAt', 'is', null)
		.executeTakeFirst();
	const { personId: askedOf, challenge } = ticket.data;
	if (!key || (askedOf !== null && askedOf !== key.personId)) throw problem('passkey.refused', 401);
	const result = await verifyAuthenticationResponse({
		response: given.answer,
		expectedChallenge: challenge,
		expectedOrigin: site.origin,
		expectedRPID: site.host,
		requireUserVerification: true,
		credential: { id: key.id, publicKey: new Uint8Array(key.publicKey), counter: Number(key.counter), transports: known(key.transports) }
	}).catch(() => null);
	if (!result?.verified) throw problem('passkey.refused', 401);
	await tx
		.updateTable('platform.passkey')
		.set({ counter: result.authenticationInfo.newCounter, lastUsedAt: now })
		.where('id', '=', key.id)
		.execute();
	return { personId: key.personId, signInName: key.signInName, askedOf };
}
