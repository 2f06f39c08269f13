import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { localizeHref } from '#paraglide/runtime.js';
import { browserOf, getCookie, keepEntered } from '#platform/sign-in/cookies.server.ts';
import { answering, wantedPath } from '#platform/sign-in/form.server.ts';
import { signInSecond, wallClock } from '#platform/sign-in/sign-in.server.ts';

export const load: PageServerLoad = (event) => {
	if (!getCookie(event, 'hamkor_step')) redirect(303, localizeHref('/sign-in') + event.url.search);
	return { query: event.url.search };
};

export const actions: Actions = {
	default: (event) =>
		answering(event, z.object({ code: z.string().trim().min(1).max(60) }), async ({ code }) => {
			keepEntered(event, await signInSecond(getCookie(event, 'hamkor_step'), code, browserOf(event), wallClock()));
			return wantedPath(event);
		})
};
