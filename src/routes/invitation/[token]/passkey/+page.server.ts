import { error } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { problemText } from '#platform/problem-text.ts';
import { newSignInName } from '#platform/sign-in/account.ts';
import { browserOf, keepEntered } from '#platform/sign-in/cookies.server.ts';
import { answering, showing } from '#platform/sign-in/form.server.ts';
import { acceptInvitation, openInvitation } from '#platform/sign-in/invitations.server.ts';
import { passkeysPossible, registrationAnswer, registrationOptions } from '#platform/sign-in/passkeys.server.ts';
import { enter } from '#platform/sign-in/sign-in.server.ts';

const siteOf = (url: URL) => ({ host: url.hostname, origin: url.origin });

export const load: PageServerLoad = (event) =>
	showing(event, async () => {
		if (!passkeysPossible(event.url)) error(404, { message: problemText('passkey.impossible', {}, event.locals.locale), code: 'passkey.impossible' });
		return inTransaction(system('sign-in'), async (tx) => {
			const { personId, displayName } = await openInvitation(tx, event.params.token, new Date());
			const asked = await registrationOptions(tx, { personId, signInName: displayName, displayName }, siteOf(event.url), new Date());
			return { name: displayName, ...asked, back: `/invitation/${event.params.token}` };
		});
	});

export const actions: Actions = {
	default: (event) =>
		answering(event, z.object({ signInName: newSignInName, ticket: z.string(), answer: registrationAnswer }), async (given) => {
			const now = new Date();
			const browser = browserOf(event);
			await inTransaction(system('sign-in'), async (tx) => {
				const how = { ...given, by: 'passkey', locale: event.locals.locale, label: browser.label, site: siteOf(event.url) } as const;
				const { personId } = await acceptInvitation(tx, event.params.token, how, now);
				keepEntered(event, await enter(tx, personId, given.signInName, browser, now));
			});
			return '/';
		})
};
