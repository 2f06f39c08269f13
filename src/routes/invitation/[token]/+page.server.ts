import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { system } from '#platform/actor.ts';
import { inTransaction } from '#platform/database.server.ts';
import { problem } from '#platform/problem.ts';
import { optional } from '#platform/request.server.ts';
import { newSignInName } from '#platform/sign-in/account.ts';
import { browserOf, keepEntered } from '#platform/sign-in/cookies.server.ts';
import { answering, showing } from '#platform/sign-in/form.server.ts';
import { acceptInvitation, openInvitation } from '#platform/sign-in/invitations.server.ts';
import { newPassword } from '#platform/sign-in/password.server.ts';
import { passkeysPossible } from '#platform/sign-in/passkeys.server.ts';
import { unseal } from '#platform/sign-in/seal.server.ts';
import { enter } from '#platform/sign-in/sign-in.server.ts';
import { newTotpSecret, offerTotp, totpPurpose } from '#platform/sign-in/totp.server.ts';

export const load: PageServerLoad = (event) =>
	showing(event, async () => {
		const { token } = event.params;
		const invitation = await inTransaction(system('sign-in'), (tx) => openInvitation(tx, token, new Date()));
		return { name: invitation.displayName, totp: await offerTotp(token, newTotpSecret()), passkeys: passkeysPossible(event.url), path: `/invitation/${token}/passkey` };
	});

const fields = z.object({
	signInName: newSignInName,
	password: newPassword,
	by: z.enum(['codes', 'totp']),
	sealed: z.string().max(400),
	code: optional(z.string().trim().max(20))
});

export const actions: Actions = {
	default: async (event) => {
		const { token } = event.params;
		let again: string | null = null;
		const refused = await answering(event, fields, async ({ signInName, password, by, sealed, code }) => {
			again = unseal(totpPurpose(token), Buffer.from(sealed, 'base64url'));
			const now = new Date();
			const { locale } = event.locals;
			if (by === 'totp' && (again === null || code === undefined)) throw problem('totp.wrong', 400, {}, 'code');
			await inTransaction(system('sign-in'), async (tx) => {
				const account = { signInName, password, locale };
				const how = by === 'totp' ? { ...account, by, secret: again ?? '', code: code ?? '' } : { ...account, by };
				const { personId } = await acceptInvitation(tx, token, how, now);
				keepEntered(event, await enter(tx, personId, signInName, browserOf(event), now));
			});
			return '/account/codes';
		});
		// The picture stays the same when the form comes back: the phone may have scanned it already.
		return fail(refused.status, { ...refused.data, totp: again === null ? undefined : await offerTotp(token, again) });
	}
};
