import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { personOf, reading } from '#platform/request.server.ts';
import { setCookie } from '#platform/sign-in/cookies.server.ts';
import { answering, wantedPath } from '#platform/sign-in/form.server.ts';
import { passkeysPossible } from '#platform/sign-in/passkeys.server.ts';
import { stepUp } from '#platform/sign-in/presence.server.ts';
import { factorsOf } from '#platform/sign-in/second-factor.server.ts';

export const load: PageServerLoad = async (event) => {
	const { personId } = personOf(event);
	const { password, passkeys } = await reading(event, (tx) => factorsOf(tx, personId));
	return { password, passkeys: passkeys > 0 && passkeysPossible(event.url), query: event.url.search };
};

export const actions: Actions = {
	default: (event) => {
		personOf(event);
		return answering(event, z.object({ password: z.string().min(1).max(200), code: z.string().trim().min(1).max(60) }), async (typed) => {
			const { signedIn } = event.locals;
			if (signedIn) setCookie(event, 'hamkor_session', await stepUp(signedIn, typed, new Date()));
			return wantedPath(event);
		});
	}
};
