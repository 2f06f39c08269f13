import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { createProgramme } from '#modules/network/commands.server.ts';
import { createProgramme as creating } from '#modules/network/permits.ts';
import { programmeFields } from '#modules/network/programme.ts';
import { m } from '#paraglide/messages.js';
import { localizeHref } from '#paraglide/runtime.js';
import { system } from '#platform/actor.ts';
import { asActor, inTransaction } from '#platform/database.server.ts';
import { startJob } from '#platform/jobs.server.ts';
import { locales } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { displayName, newSignInName } from '#platform/sign-in/account.ts';
import { browserOf, keepEntered } from '#platform/sign-in/cookies.server.ts';
import { answering, here } from '#platform/sign-in/form.server.ts';
import { makeAccount, makePerson } from '#platform/sign-in/own-account.server.ts';
import { newPassword } from '#platform/sign-in/password.server.ts';
import { makeOneTimeCodes } from '#platform/sign-in/second-factor.server.ts';
import { enter } from '#platform/sign-in/sign-in.server.ts';
import { anyAccount, checkTerminalCode, spendFirstRunCode } from '#platform/sign-in/terminal-codes.server.ts';

export const load: PageServerLoad = async (event) => {
	if (await anyAccount()) redirect(303, localizeHref('/'));
	return { locale: event.locals.locale };
};

const person = {
	code: z.string().trim().min(1).max(40),
	name: displayName,
	signInName: newSignInName,
	password: newPassword,
	locale: z.enum(locales)
};
/** Filled in for an empty programme only; the name in the language of the page. */
const details = { programmeName: z.string().trim().min(1).max(200), ...programmeFields.omit({ name: true }).shape };
const fields = z.discriminatedUnion('begin', [
	z.object({ ...person, begin: z.literal('demonstration') }),
	z.object({ ...person, begin: z.literal('empty'), ...details })
]);

export const actions: Actions = {
	default: (event) =>
		answering(event, fields, async (input) => {
			const now = new Date();
			const { signInName, password, locale } = input;
			await checkTerminalCode('first-run', input.code, now);
			await inTransaction(system('sign-in'), async (tx) => {
				await spendFirstRunCode(tx, now);
				const personId = await asActor(tx, system('first-run'), () => makePerson(tx, input.name));
				await makeAccount(tx, { personId, signInName, password, locale, installationAdministrator: true });
				await makeOneTimeCodes(tx, personId, now);
				if (input.begin === 'demonstration') {
					const title = Object.fromEntries(locales.map((each) => [each, m.access_making_demonstration({}, { locale: each })]));
					await asActor(tx, { kind: 'person', personId }, () => startJob(tx, { task: 'make-demonstration', programmeId: null, title }));
				}
				else {
					const { programmeName, country, timeZone, currency } = input;
					const programme = { name: { [event.locals.locale]: programmeName }, country, timeZone, currency };
					await asActor(tx, system('first-run'), async () => createProgramme(tx, await permit(tx, creating, null), programme, personId));
				}
				keepEntered(event, await enter(tx, personId, signInName, browserOf(event), now));
			});
			return here(localizeHref('/account/codes', { locale }));
		})
};
