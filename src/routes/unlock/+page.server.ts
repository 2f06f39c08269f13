import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { personOf } from '#platform/request.server.ts';
import { setCookie } from '#platform/sign-in/cookies.server.ts';
import { answering, here, wantedPath } from '#platform/sign-in/form.server.ts';
import { passkeysPossible } from '#platform/sign-in/passkeys.server.ts';
import { unlock } from '#platform/sign-in/presence.server.ts';
import { factorsOf } from '#platform/sign-in/second-factor.server.ts';

export const load: PageServerLoad = async (event) => {
	const { personId } = personOf(event);
	if (!event.locals.signedIn?.locked) redirect(303, here(wantedPath(event)));
	const { password, passkeys } = await inTransaction(system('sign-in'), (tx) => factorsOf(tx, personId));
	return { password, passkeys: passkeys > 0 && passkeysPossible(event.url), query: event.url.search };
};

export const actions: Actions = {
	default: (event) => {
		personOf(event);
		return answering(event, z.object({ password: z.string().min(1).max(200) }), async ({ password }) => {
			const { signedIn } = event.locals;
			if (signedIn) setCookie(event, 'hamkor_session', await unlock(signedIn, password, new Date()));
			return wantedPath(event);
		});
	}
};
