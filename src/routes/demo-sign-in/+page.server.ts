import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { localizeHref } from '#paraglide/runtime.js';
import { problemText } from '#platform/problem-text.ts';
import { settings } from '#platform/settings.ts';
import { browserOf, getCookie, keepEntered, setCookie } from '#platform/sign-in/cookies.server.ts';
import { atThisMachine, demonstrationPass, demonstrationPeople, enterDemonstration, hasDemonstrationPass } from '#platform/sign-in/demonstration.server.ts';
import { answering } from '#platform/sign-in/form.server.ts';
import { checkTerminalCode } from '#platform/sign-in/terminal-codes.server.ts';

/** To anyone but who sits at this machine the page does not exist. */
function onlyHere(event: RequestEvent): void {
	const here = atThisMachine({
		address: event.getClientAddress(),
		hostname: event.url.hostname,
		direct: event.request.headers.get('x-hamkor-direct') === '1',
		behindProxy: settings().HAMKOR_TRUSTED_PROXY.length > 0
	});
	if (!here) error(404, { message: problemText('not-found', {}, event.locals.locale), code: 'not-found' });
}

const passed = (event: RequestEvent): boolean => hasDemonstrationPass(getCookie(event, 'hamkor_demo'), new Date());

export const load: PageServerLoad = async (event) => {
	onlyHere(event);
	return { people: passed(event) ? await demonstrationPeople(event.locals.locale) : null };
};

export const actions: Actions = {
	code: (event) => {
		onlyHere(event);
		return answering(event, z.object({ code: z.string().trim().min(1).max(40) }), async ({ code }) => {
			await checkTerminalCode('demo-sign-in', code, new Date());
			setCookie(event, 'hamkor_demo', demonstrationPass(new Date()), 4 * 3600);
			return '/demo-sign-in';
		});
	},
	enter: (event) => {
		onlyHere(event);
		if (!passed(event)) redirect(303, localizeHref('/demo-sign-in'));
		return answering(event, z.object({ person: z.uuid() }), async ({ person }) => {
			keepEntered(event, await enterDemonstration(person, browserOf(event), new Date()));
			return '/';
		});
	}
};
