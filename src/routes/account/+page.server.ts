import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { localizeHref } from '#paraglide/runtime.js';
import { system } from '#platform/actor.ts';
import { asActor } from '#platform/database.server.ts';
import { locales } from '#platform/locales.ts';
import { askMailAddress, confirmMailAddress, forgetMailAddress, myMailAddress } from '#platform/mail-address.server.ts';
import { myMessages, sendsMail } from '#platform/mail.server.ts';
import { problem } from '#platform/problem.ts';
import { acting, demandStepUp, personOf, reading } from '#platform/request.server.ts';
import { changeLanguage, changePassword, removeTotp } from '#platform/sign-in/own-account.server.ts';
import { endMyRecovery, myRecovery } from '#platform/sign-in/recovery.server.ts';
import { newPassword } from '#platform/sign-in/password.server.ts';
import { factorsOf, makeOneTimeCodes } from '#platform/sign-in/second-factor.server.ts';
import { endOtherSessions, endSession, mySessions } from '#platform/sign-in/sessions.server.ts';

export const load: PageServerLoad = async (event) => {
	const { personId } = personOf(event);
	const here = event.locals.signedIn?.sessionId;
	return reading(event, async (tx) => ({
		name: event.locals.signedIn?.displayName ?? '',
		locale: event.locals.locale,
		factors: await factorsOf(tx, personId),
		sendsMail: sendsMail(),
		mailAddress: await myMailAddress(tx, personId),
		messages: await myMessages(tx, personId),
		recovery: (await myRecovery(tx, personId, new Date())) ?? null,
		sessions: (await mySessions(tx, personId, new Date())).map((session) => ({ ...session, current: session.id === here }))
	}));
};

const sessionOf = (event: Parameters<typeof personOf>[0]): { personId: string; sessionId: string } => {
	const { signedIn } = event.locals;
	if (!signedIn) throw problem('not-permitted', 403);
	return signedIn;
};

const mailAddress = z.string().trim().max(254).regex(/^[^@\s]+@[^@\s]+$/);

export const actions: Actions = {
	stopRecovery: (event) =>
		acting(event, z.object({ recovery: z.uuid() }), async (tx, { recovery }) => {
			await endMyRecovery(tx, personOf(event).personId, recovery, new Date());
			return '/account';
		}),
	end: (event) =>
		acting(event, z.object({ session: z.uuid() }), async (tx, { session }) => {
			await asActor(tx, system('sign-in'), () => endSession(tx, personOf(event).personId, session, new Date()));
			return '/account';
		}),
	endOthers: (event) =>
		acting(event, z.object({}), async (tx) => {
			const me = sessionOf(event);
			await asActor(tx, system('sign-in'), () => endOtherSessions(tx, me.personId, me.sessionId, new Date()));
			return '/account';
		}),
	askAddress: (event) =>
		acting(event, z.object({ address: mailAddress }), async (tx, { address }) => {
			if (!sendsMail()) throw problem('not-found', 404);
			await askMailAddress(tx, personOf(event).personId, address, event.locals.locale, new Date());
			return '/account';
		}),
	confirmAddress: (event) =>
		acting(event, z.object({ code: z.string().max(40) }), async (tx, { code }) => {
			await confirmMailAddress(tx, personOf(event).personId, code, new Date());
			return '/account';
		}),
	forgetAddress: (event) =>
		acting(event, z.object({}), async (tx) => {
			await forgetMailAddress(tx, personOf(event).personId);
			return '/account';
		}),
	codes: (event) =>
		acting(event, z.object({}), async (tx) => {
			const { personId } = personOf(event);
			demandStepUp(event);
			await asActor(tx, system('sign-in'), () => makeOneTimeCodes(tx, personId, new Date()));
			return '/account/codes';
		}),
	removeTotp: (event) =>
		acting(event, z.object({}), async (tx) => {
			const { personId } = personOf(event);
			demandStepUp(event);
			await removeTotp(tx, personId);
			return '/account';
		}),
	password: (event) =>
		acting(event, z.object({ password: newPassword }), async (tx, { password }) => {
			personOf(event);
			demandStepUp(event);
			await changePassword(tx, sessionOf(event), password, new Date());
			return '/account';
		}),
	language: async (event) => {
		let wanted: (typeof locales)[number] | undefined;
		const refused = await acting(event, z.object({ locale: z.enum(locales) }), async (tx, { locale }) => {
			await changeLanguage(tx, personOf(event).personId, locale);
			wanted = locale;
			return '/account';
		}).catch((thrown: unknown) => {
			if (wanted === undefined) throw thrown;
			redirect(303, localizeHref('/account', { locale: wanted }));
		});
		return refused;
	}
};
