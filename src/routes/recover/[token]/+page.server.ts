import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { tellOfAccount } from '#modules/network/tell.server.ts';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { problem } from '#platform/problem.ts';
import { optional } from '#platform/request.server.ts';
import { browserOf, keepEntered } from '#platform/sign-in/cookies.server.ts';
import { answering, showing } from '#platform/sign-in/form.server.ts';
import { newPassword } from '#platform/sign-in/password.server.ts';
import { openRecovery, tryRecoveryCode, useRecovery } from '#platform/sign-in/recovery.server.ts';
import { unseal } from '#platform/sign-in/seal.server.ts';
import { enter } from '#platform/sign-in/sign-in.server.ts';
import { newTotpSecret, offerTotp, totpPurpose } from '#platform/sign-in/totp.server.ts';

const asSignIn = system('sign-in');

export const load: PageServerLoad = (event) =>
	showing(event, async () => {
		const { token } = event.params;
		const { displayName, signInName } = await inTransaction(asSignIn, (tx) => openRecovery(tx, token, new Date()));
		return { name: displayName, signInName, totp: await offerTotp(token, newTotpSecret()) };
	});

const fields = z.object({
	'recovery-secret': z.string().trim().min(1).max(40),
	password: newPassword,
	by: z.enum(['codes', 'totp']),
	sealed: z.string().max(400),
	code: optional(z.string().trim().max(20))
});

export const actions: Actions = {
	default: async (event) => {
		const { token } = event.params;
		let again: string | null = null;
		const refused = await answering(event, fields, async ({ 'recovery-secret': recoveryCode, password, by, sealed, code }) => {
			again = unseal(totpPurpose(token), Buffer.from(sealed, 'base64url'));
			const now = new Date();
			// Counted by itself: what is refused afterwards must not give the try back.
			const fits = await inTransaction(asSignIn, (tx) => tryRecoveryCode(tx, token, recoveryCode, now));
			if (!fits) throw problem('recovery.code-wrong', 400, {}, 'recovery-secret');
			if (by === 'totp' && (again === null || code === undefined)) throw problem('totp.wrong', 400, {}, 'code');
			await inTransaction(asSignIn, async (tx) => {
				const how = by === 'totp' ? { by, secret: again ?? '', appCode: code ?? '' } : { by };
				const { personId, signInName } = await useRecovery(tx, token, { code: recoveryCode, password, ...how }, now);
				await tellOfAccount(tx, personId, 'recovery-used');
				keepEntered(event, await enter(tx, personId, signInName, browserOf(event), now));
			});
			return '/account/codes';
		});
		return fail(refused.status, { ...refused.data, totp: again === null ? undefined : await offerTotp(token, again) });
	}
};
