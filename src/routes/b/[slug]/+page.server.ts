import type { PageServerLoad } from './$types.js';
import { drawFigures } from '#modules/policy/briefing/charts.server.ts';
import { toldToday } from '#modules/policy/briefing/fallen.ts';
import { publishedEdition, withdrawnOn } from '#modules/policy/briefing/queries.server.ts';
import { asPublic } from './published.server.ts';

/** The public sees what the public sees, whoever is signed in; of a page that was withdrawn, that it was. */
export const load: PageServerLoad = (event) =>
	asPublic(event, async (tx) => {
		const withdrawn = await withdrawnOn(tx, event.params.slug);
		if (withdrawn !== null) return { withdrawn, edition: null, notes: {}, figures: {}, locales: [] };
		const { locales, ...published } = await publishedEdition(tx, event.params.slug, event.locals.locale);
		const { edition, notes } = toldToday(published.edition, published.fallen);
		return { withdrawn, edition, notes, figures: drawFigures(edition, edition.locale), locales };
	});
