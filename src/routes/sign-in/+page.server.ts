import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { localizeHref } from '#paraglide/runtime.js';
import { optional } from '#platform/request.server.ts';
import { browserOf, keepEntered, setCookie } from '#platform/sign-in/cookies.server.ts';
import { answering, here, wantedPath } from '#platform/sign-in/form.server.ts';
import { passkeysPossible } from '#platform/sign-in/passkeys.server.ts';
import { signIn, wallClock } from '#platform/sign-in/sign-in.server.ts';
import { anyAccount } from '#platform/sign-in/terminal-codes.server.ts';

export const load: PageServerLoad = async (event) => {
	const to = wantedPath(event);
	if (event.locals.signedIn && !event.locals.signedIn.locked) redirect(303, here(to));
	if (!(await anyAccount())) redirect(303, localizeHref('/first-run'));
	return { query: to === '/' ? '' : `?to=${encodeURIComponent(to)}`, passkeys: passkeysPossible(event.url) };
};

const fields = z.object({
	name: z.string().trim().min(1).max(200),
	password: z.string().min(1).max(200),
	code: optional(z.string().max(60))
});

export const actions: Actions = {
	default: (event) =>
		answering(event, fields, async ({ name, password, code }) => {
			const to = wantedPath(event);
			const answer = await signIn({ signInName: name, password, code }, browserOf(event), wallClock());
			if ('token' in answer) {
				keepEntered(event, answer);
				return to;
			}
			setCookie(event, 'hamkor_step', answer.ticket);
			return to === '/' ? '/sign-in/second' : `/sign-in/second?to=${encodeURIComponent(to)}`;
		})
};
