import { error } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { problem } from '#platform/problem.ts';
import { problemText } from '#platform/problem-text.ts';
import { browserOf, keepEntered, setCookie } from '#platform/sign-in/cookies.server.ts';
import { answering, wantedPath } from '#platform/sign-in/form.server.ts';
import { authenticationAnswer, authenticationOptions, passkeysPossible, provePasskey } from '#platform/sign-in/passkeys.server.ts';
import { renewSession } from '#platform/sign-in/sessions.server.ts';
import { enter } from '#platform/sign-in/sign-in.server.ts';

const siteOf = (url: URL) => ({ host: url.hostname, origin: url.origin });

/** One page for signing in, unlocking and stepping up: a passkey proves the same each time. Who is signed in proves it with her own. */
export const load: PageServerLoad = async (event) => {
	if (!passkeysPossible(event.url)) error(404, { message: problemText('passkey.impossible', {}, event.locals.locale), code: 'passkey.impossible' });
	const { signedIn } = event.locals;
	const asked = await inTransaction(system('sign-in'), (tx) => authenticationOptions(tx, signedIn?.personId ?? null, siteOf(event.url), new Date()));
	return { ...asked, again: signedIn !== null };
};

export const actions: Actions = {
	default: (event) =>
		answering(event, z.object({ ticket: z.string(), answer: authenticationAnswer }), async (given) => {
			const now = new Date();
			const { signedIn } = event.locals;
			await inTransaction(system('sign-in'), async (tx) => {
				const { personId, signInName, askedOf } = await provePasskey(tx, given, siteOf(event.url), now);
				if (askedOf === null) return keepEntered(event, await enter(tx, personId, signInName, browserOf(event), now));
				if (signedIn?.personId !== personId) throw problem('sign-in.expired', 400);
				setCookie(event, 'hamkor_session', await renewSession(tx, signedIn, { strong: true, now }));
			});
			return wantedPath(event);
		})
};
