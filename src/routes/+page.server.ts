import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types.js';
import { ownRoleWaits } from '#modules/network/people.queries.server.ts';
import { myProgrammes } from '#modules/network/queries.server.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { myUnfinished } from '#platform/jobs.server.ts';
import { localText } from '#platform/locales.ts';
import { reading } from '#platform/request.server.ts';
import { anyAccount } from '#platform/sign-in/terminal-codes.server.ts';
import { jobTitle } from './p/[programme]/jobs/states.ts';

/** The first page leads on: to the first run, to signing in, or to one's programme. Who has several, or none yet, sees a list. */
export const load: PageServerLoad = async (event) => {
	const { signedIn } = event.locals;
	if (!signedIn) redirect(303, localizeHref((await anyAccount()) ? '/sign-in' : '/first-run'));
	return reading(event, async (tx) => {
		const programmes = await myProgrammes(tx);
		const [only, another] = programmes;
		const making = await myUnfinished(tx, 'make-demonstration');
		if (only && !another && !making) redirect(303, localizeHref(`/p/${only.id}`));
		return {
			waits: programmes.length === 0 && (await ownRoleWaits(tx, signedIn.personId)),
			making: making && { ...making, title: localText(jobTitle.parse(making.title), event.locals.locale).text },
			programmes: programmes.map(({ id, name, demonstration }) => ({ id, title: localText(name, event.locals.locale), demonstration }))
		};
	});
};
