import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { system } from '#platform/actor.ts';
import { asActor } from '#platform/database.server.ts';
import { acting, demandStepUp, personOf, reading } from '#platform/request.server.ts';
import { browserOf } from '#platform/sign-in/cookies.server.ts';
import { stepUpFirst } from '#platform/sign-in/form.server.ts';
import { removePasskey } from '#platform/sign-in/own-account.server.ts';
import { addPasskey, passkeysPossible, registrationAnswer, registrationOptions } from '#platform/sign-in/passkeys.server.ts';

const siteOf = (url: URL) => ({ host: url.hostname, origin: url.origin });

export const load: PageServerLoad = async (event) => {
	const { personId, displayName } = personOf(event);
	stepUpFirst(event);
	return reading(event, async (tx) => {
		const keys = await tx.selectFrom('platform.passkey').select(['id', 'label', 'createdAt', 'lastUsedAt']).where('personId', '=', personId).orderBy('createdAt').execute();
		if (!passkeysPossible(event.url)) return { keys, ask: null };
		const ask = await asActor(tx, system('sign-in'), async () => {
			const { signInName } = await tx.selectFrom('platform.account').select('signInName').where('personId', '=', personId).executeTakeFirstOrThrow();
			return registrationOptions(tx, { personId, signInName, displayName }, siteOf(event.url), new Date());
		});
		return { keys, ask };
	});
};

export const actions: Actions = {
	add: (event) =>
		acting(event, z.object({ ticket: z.string(), answer: registrationAnswer, label: z.string().trim().max(80) }), async (tx, given) => {
			const { personId } = personOf(event);
			demandStepUp(event);
			const label = given.label || browserOf(event).label;
			await asActor(tx, system('sign-in'), () => addPasskey(tx, personId, { ...given, label }, siteOf(event.url), new Date()));
			return '/account/passkeys';
		}),
	remove: (event) =>
		acting(event, z.object({ key: z.string().max(1400) }), async (tx, { key }) => {
			const { personId } = personOf(event);
			demandStepUp(event);
			await removePasskey(tx, personId, key);
			return '/account/passkeys';
		})
};
