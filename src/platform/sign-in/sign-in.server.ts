import { z } from 'zod';
import { system } from '../actor.ts';
import { inTransaction, type Tx } from '../database.server.ts';
import { newId } from '../ids.ts';
import { problem } from '../problem.ts';
import { normalName } from './account.ts';
import { lift, reserve, wrongLately } from './attempts.server.ts';
import { knownDevice } from './device.server.ts';
import { passwordFits } from './password.server.ts';
import { factorsOf, looksLikeTotp, useOneTimeCode, useSecondFactor } from './second-factor.server.ts';
import { openSession } from './sessions.server.ts';
import { decide, deviceCounts, limits } from './throttle.ts';
import { issueTicket, readTicket, spendTicket } from './ticket.server.ts';

/** What is known of the browser somebody signs in with. */
export type Browser = {
	/** The cookie of known devices. */
	readonly device: string | undefined;
	/** The session it had before, to be ended. */
	readonly session: string | undefined;
	readonly label: string;
};

/** The moment, and how to wait: handed in, so that tests hold the clock. */
export type Clock = { readonly now: Date; readonly pause: (ms: number) => Promise<void> };

export const wallClock = (): Clock => ({ now: new Date(), pause: (ms) => (ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve()) });

/** Signed in: the session's token, and for whom the device is to be remembered. */
export type Entered = { readonly token: string; readonly personId: string; readonly signInName: string };

const asSignIn = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(system('sign-in'), work);

const secondStep = z.object({ personId: z.uuid(), signInName: z.string() });
/** Minutes to type the second factor. */
const secondMinutes = 10;
const secondTries = 5;
/** Wrong codes of an authenticator app from unknown devices in a day, after which only printed codes are taken there. */
const totpTriesADay = 30;

/**
 * The first step: name and password. An unknown name takes as long, counts and answers like a known one.
 * @param typed with a printed one-time code both steps are done at once, and no throttling stands in the way
 * @returns a ticket for the second step, or the open session
 * @throws Problem `sign-in.wrong` (401), `sign-in.wait` (429), `sign-in.no-factor-left` (403)
 */
export async function signIn(
	typed: { signInName: string; password: string; code?: string | undefined },
	browser: Browser,
	{ now, pause }: Clock
): Promise<{ ticket: string } | Entered> {
	const signInName = normalName(typed.signInName).slice(0, 200);
	const device = knownDevice(browser.device, signInName);
	const { attempt, account, code } = await asSignIn(async (tx) => {
		const attempt = await reserve(tx, { of: 'name', what: signInName }, device, now);
		const account = await tx
			.selectFrom('platform.account')
			.select(['personId', 'passwordHash'])
			.where('signInName', '=', signInName)
			.where('disabledAt', 'is', null)
			.executeTakeFirst();
		// Looked up for nobody too: an unknown name must not answer sooner.
		const code = typed.code ? await useOneTimeCode(tx, account?.personId ?? newId(), typed.code, now) : false;
		return { attempt, account, code };
	});
	const verdict = decide(attempt.wrong, { known: device !== null, code });
	if (!verdict.go) {
		await asSignIn((tx) => lift(tx, attempt.id, now));
		throw problem('sign-in.wait', 429, { minutes: verdict.minutes });
	}
	await pause(verdict.delay);
	const right = await passwordFits(typed.password, account?.passwordHash ?? null);
	if (!right || !account) throw problem('sign-in.wrong', 401);
	const { personId } = account;
	return asSignIn(async (tx) => {
		await lift(tx, attempt.id, now);
		if (code) return enter(tx, personId, signInName, browser, now);
		const factors = await factorsOf(tx, personId);
		if (!factors.totp && factors.codesLeft === 0) throw problem('sign-in.no-factor-left', 403);
		return { ticket: issueTicket('second-factor', { personId, signInName }, secondMinutes, now) };
	});
}

/**
 * The second step: a code of the authenticator app, or a printed one.
 * @throws Problem `sign-in.expired` (400) when the first step is too long ago or five codes were wrong, `sign-in.code-wrong` (401),
 *   `sign-in.use-printed-code` (429)
 */
export async function signInSecond(ticketText: string | undefined, typed: string, browser: Browser, { now, pause }: Clock): Promise<Entered> {
	const ticket = readTicket('second-factor', secondStep, ticketText, now);
	if (!ticket) throw problem('sign-in.expired', 400);
	const { personId, signInName } = ticket.data;
	const device = knownDevice(browser.device, signInName);
	const attempt = await asSignIn(async (tx) => {
		const ofTicket = await reserve(tx, { of: 'ticket', what: ticket.id }, '', now);
		if (ofTicket.wrong.device.day >= secondTries) return null;
		const ofPerson = await reserve(tx, { of: 'second', what: personId }, device, now);
		const own = device !== null && deviceCounts(ofPerson.wrong.device);
		const others = own ? 0 : await wrongLately(tx, { of: 'second', what: personId }, 24 * 60, now);
		return { ids: [ofTicket.id, ofPerson.id], own, others, quarter: ofPerson.wrong.device.quarter };
	});
	if (!attempt) throw problem('sign-in.expired', 400);
	if (!attempt.own && attempt.others > totpTriesADay && looksLikeTotp(typed)) {
		await asSignIn(async (tx) => void (await Promise.all(attempt.ids.map((id) => lift(tx, id, now)))));
		throw problem('sign-in.use-printed-code', 429);
	}
	if (attempt.own && attempt.quarter >= limits.deviceSlow) await pause(2000);
	const entered = await asSignIn(async (tx) => {
		const account = await tx.selectFrom('platform.account').select('disabledAt').where('personId', '=', personId).executeTakeFirst();
		if (!account || account.disabledAt || !(await useSecondFactor(tx, personId, typed, now))) return null;
		await spendTicket(tx, 'second-factor', ticket, now);
		for (const id of attempt.ids) await lift(tx, id, now);
		return enter(tx, personId, signInName, browser, now);
	});
	if (!entered) throw problem('sign-in.code-wrong', 401, {}, 'code');
	return entered;
}

/** Opens the session of somebody who has proved to be that person. Runs as `sign-in`. */
export async function enter(tx: Tx, personId: string, signInName: string, browser: Browser, now: Date): Promise<Entered> {
	const token = await openSession(tx, personId, { label: browser.label, now, before: browser.session });
	return { token, personId, signInName };
}
