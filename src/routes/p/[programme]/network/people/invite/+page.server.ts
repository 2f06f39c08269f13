import { fail, isRedirect, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types.js';
import { invitationFields } from '#modules/network/grant.ts';
import { invite } from '#modules/network/people.commands.server.ts';
import { invitePerson } from '#modules/network/permits.ts';
import { organisationOptions, placeOptions } from '#modules/network/queries.server.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { pageOf } from '#platform/kept-forms.server.ts';
import { permit } from '#platform/permit.server.ts';
import { qrPath } from '#platform/qr.server.ts';
import { formErrors, problemErrors } from '#platform/problem-text.ts';
import { asking, formObject, reading, sentForm, stepUpThenAgain, typedValues } from '#platform/request.server.ts';
import { asProblem } from '#platform/thrown-problem.ts';
import { invitationDays } from '#platform/sign-in/invitations.server.ts';
import { stepUpBefore } from '../../../../../exporting.server.ts';

export const load: PageServerLoad = (event) => {
	const { programme: programmeId } = event.params;
	stepUpBefore(event, `/p/${programmeId}/network/people/invite`);
	return reading(event, async (tx) => {
		await permit(tx, invitePerson, { programmeId });
		return { organisations: await organisationOptions(tx, programmeId), places: await placeOptions(tx, programmeId) };
	});
};

export const actions: Actions = {
	/** Answers with the page itself and not with a way on: the link is shown this once and must stand in no address. */
	default: async (event) => {
		const { programme: programmeId } = event.params;
		const { locale } = event.locals;
		stepUpBefore(event, `/p/${programmeId}/network/people/invite`);
		const sent = await sentForm(event);
		const values = typedValues(sent, pageOf(event.url.pathname));
		const asked = formObject(sent);
		const parsed = invitationFields.safeParse(asked);
		if (!parsed.success) return fail(400, { errors: formErrors(parsed.error, locale, asked), values });
		try {
			const { token, waits } = await asking(event, async (tx) => invite(tx, await permit(tx, invitePerson, { programmeId }), parsed.data));
			const link = event.url.origin + localizeHref(`/invitation/${token}`);
			event.setHeaders({ 'cache-control': 'no-store' });
			return { ready: { name: parsed.data.displayName, link, days: invitationDays, ...qrPath(link), waits } };
		} catch (thrown) {
			if (isRedirect(thrown)) throw thrown;
			const found = asProblem(thrown);
			if (!found) throw thrown;
			if (found.code === 'step-up-needed') redirect(303, stepUpThenAgain(event));
			return fail(found.status, { errors: problemErrors(found, locale), values });
		}
	}
};
