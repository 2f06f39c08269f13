import { fail, isRedirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { openRecoveries, personInProgramme } from '#modules/network/people.queries.server.ts';
import * as verbs from '#modules/network/permits.ts';
import { askRecovery, confirmRecovery, endRecovery } from '#modules/network/recovery.commands.server.ts';
import { localizeHref } from '#paraglide/runtime.js';
import type { Tx } from '#platform/database.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { formErrors, problemErrors } from '#platform/problem-text.ts';
import { qrPath } from '#platform/qr.server.ts';
import { acting, asking, demandStepUp, reading, sentForm } from '#platform/request.server.ts';
import { asProblem } from '#platform/thrown-problem.ts';
import { recoveryHours } from '#platform/sign-in/recovery.server.ts';
import { stepUpBefore } from '../../../../../../exporting.server.ts';

type Params = { programme: string; person: string };
const here = ({ programme, person }: Params): string => `/p/${programme}/network/people/${person}/recovery`;

export const load: PageServerLoad = (event) => {
	const { programme: programmeId, person: personId } = event.params;
	stepUpBefore(event, here(event.params));
	return reading(event, async (tx) => {
		await permit(tx, verbs.askRecovery, { programmeId, personId });
		const [open] = await openRecoveries(tx, programmeId, personId);
		return {
			person: await personInProgramme(tx, programmeId, personId),
			open: open ? { ...open, mayConfirm: open.confirmedAt === null && (await mayI(tx, verbs.confirmRecovery, open.id)) } : null
		};
	});
};

const one = z.object({ recovery: z.uuid() });

export const actions: Actions = {
	/** Answers with the page itself: the code is shown this once and must stand in no address. So does `confirm` with its link. */
	ask: (event) =>
		shownOnce(event, z.object({}), async (tx) => {
			const { programme: programmeId, person: personId } = event.params;
			const { displayName } = await personInProgramme(tx, programmeId, personId);
			const { code } = await askRecovery(tx, await permit(tx, verbs.askRecovery, { programmeId, personId }));
			return { ready: { name: displayName, code, hours: recoveryHours.toConfirm } };
		}),
	confirm: (event) =>
		shownOnce(event, one, async (tx, { recovery }) => {
			const { programme: programmeId } = event.params;
			const { personId, token } = await confirmRecovery(tx, await permit(tx, verbs.confirmRecovery, recovery));
			const { displayName } = await personInProgramme(tx, programmeId, personId);
			const link = event.url.origin + localizeHref(`/recover/${token}`);
			return { ready: { name: displayName, link, hours: recoveryHours.toUse, ...qrPath(link) } };
		}),
	end: (event) =>
		acting(event, one, async (tx, { recovery }) => {
			demandStepUp(event);
			await endRecovery(tx, await permit(tx, verbs.endRecovery, recovery));
			return here(event.params);
		})
};

async function shownOnce<S extends z.ZodType, T>(event: RequestEvent<Params>, schema: S, work: (tx: Tx, input: z.output<S>) => Promise<T>) {
	stepUpBefore(event, here(event.params));
	const asked = Object.fromEntries(await sentForm(event));
	const sent = schema.safeParse(asked);
	if (!sent.success) return fail(400, { errors: formErrors(sent.error, event.locals.locale, asked) });
	try {
		const made = await asking(event, (tx) => work(tx, sent.data));
		event.setHeaders({ 'cache-control': 'no-store' });
		return made;
	} catch (thrown) {
		if (isRedirect(thrown)) throw thrown;
		const found = asProblem(thrown);
		if (!found) throw thrown;
		return fail(found.status, { errors: problemErrors(found, event.locals.locale) });
	}
}
