import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { localizeHref } from '#paraglide/runtime.js';
import { acting, demandStepUp, personOf, reading } from '#platform/request.server.ts';
import { stepUpFirst } from '#platform/sign-in/form.server.ts';
import { confirmTotp, pendingTotp } from '#platform/sign-in/own-account.server.ts';
import { totpPicture } from '#platform/sign-in/totp.server.ts';

export const load: PageServerLoad = async (event) => {
	const { personId } = personOf(event);
	stepUpFirst(event);
	const pending = await reading(event, (tx) => pendingTotp(tx, personId));
	if (!pending) redirect(303, localizeHref('/account'));
	return { secret: pending.secret.replace(/(.{4})(?=.)/g, '$1 '), picture: await totpPicture(pending.secret, pending.signInName) };
};

export const actions: Actions = {
	default: (event) =>
		acting(event, z.object({ code: z.string().trim().min(1).max(20) }), async (tx, { code }) => {
			const { personId } = personOf(event);
			demandStepUp(event);
			await confirmTotp(tx, personId, code, new Date());
			return '/account';
		})
};
