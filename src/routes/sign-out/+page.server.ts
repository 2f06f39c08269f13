import { redirect } from '@sveltejs/kit';
import type { Actions } from './$types.js';
import { localizeHref } from '#paraglide/runtime.js';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { dropCookie } from '#platform/sign-in/cookies.server.ts';
import { endSession } from '#platform/sign-in/sessions.server.ts';

export const actions: Actions = {
	default: async (event) => {
		const { signedIn } = event.locals;
		if (signedIn) await inTransaction(system('sign-in'), (tx) => endSession(tx, signedIn.personId, signedIn.sessionId, new Date()));
		dropCookie(event, 'hamkor_session');
		dropCookie(event, 'hamkor_step');
		redirect(303, localizeHref('/sign-in'));
	}
};
