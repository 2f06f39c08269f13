import type { LayoutServerLoad } from './$types.js';
import { getProgramme, myRoles } from '#modules/network/queries.server.ts';
import { localText } from '#platform/locales.ts';
import { personOf, reading } from '#platform/request.server.ts';

/** What every page of a programme shows around itself. */
export const load: LayoutServerLoad = async (event) => {
	personOf(event);
	return reading(event, async (tx) => {
		const facts = await getProgramme(tx, event.params.programme);
		const roles = await myRoles(tx, facts.id);
		const { locale } = event.locals;
		return {
			programme: {
				...facts,
				title: localText(facts.name, locale).text,
				statement: localText(facts.funderStatement, locale).text,
				disclaimer: localText(facts.funderDisclaimer, locale).text
			},
			me: { roles, content: roles.some(({ role }) => role !== 'administrator' && role !== 'donor' && role !== 'collector') }
		};
	});
};
