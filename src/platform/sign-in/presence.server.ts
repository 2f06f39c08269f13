import { system } from '../actor.ts';
import { inTransaction, type Tx } from '../database.server.ts';
import { problem } from '../problem.ts';
import { lift, reserve, wrongLately } from './attempts.server.ts';
import { passwordFits } from './password.server.ts';
import { useSecondFactor } from './second-factor.server.ts';
import { endSession, renewSession } from './sessions.server.ts';

type OpenSession = { readonly sessionId: string; readonly personId: string };

const asSignIn = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(system('sign-in'), work);
const tries = 5;

/**
 * Counts an attempt against the session itself: who holds it may try five times in a quarter of an hour, then it ends.
 * Nobody outside can use these up.
 */
async function attemptIn(session: OpenSession, now: Date): Promise<string> {
	const budget = { of: 'session', what: session.sessionId } as const;
	const id = await asSignIn(async (tx) => {
		const attempt = await reserve(tx, budget, session.sessionId, now);
		if ((await wrongLately(tx, budget, 15, now)) <= tries) return attempt.id;
		await endSession(tx, session.personId, session.sessionId, now);
		return null;
	});
	if (id === null) throw problem('sign-in.ended', 401);
	return id;
}

async function passwordOf(personId: string): Promise<string | null> {
	const account = await asSignIn((tx) =>
		tx.selectFrom('platform.account').select('passwordHash').where('personId', '=', personId).where('disabledAt', 'is', null).executeTakeFirst()
	);
	return account?.passwordHash ?? null;
}

/**
 * Unlocks an idle session by the password.
 * @returns the session's new token
 * @throws Problem `sign-in.password-wrong` (401), `sign-in.ended` (401) after five wrong ones
 */
export async function unlock(session: OpenSession, password: string, now: Date): Promise<string> {
	const attempt = await attemptIn(session, now);
	if (!(await passwordFits(password, await passwordOf(session.personId)))) throw problem('sign-in.password-wrong', 401, {}, 'password');
	return asSignIn(async (tx) => {
		await lift(tx, attempt, now);
		return renewSession(tx, session, { strong: false, now });
	});
}

/**
 * Proves presence again by password and second factor, before what cannot be taken back.
 * @returns the session's new token
 * @throws Problem `sign-in.presence-wrong` (401), `sign-in.ended` (401) after five wrong ones
 */
export async function stepUp(session: OpenSession, typed: { password: string; code: string }, now: Date): Promise<string> {
	const attempt = await attemptIn(session, now);
	const right = await passwordFits(typed.password, await passwordOf(session.personId));
	const token = right
		? await asSignIn(async (tx) => {
				if (!(await useSecondFactor(tx, session.personId, typed.code, now))) return null;
				await lift(tx, attempt, now);
				return renewSession(tx, session, { strong: true, now });
			})
		: null;
	if (token === null) throw problem('sign-in.presence-wrong', 401);
	return token;
}
