import type { PageServerLoad } from './$types.js';
import { drawFigures } from '#modules/policy/briefing/charts.server.ts';
import { publishedEdition } from '#modules/policy/briefing/queries.server.ts';
import { publicActor } from '#platform/actor.ts';
import { reading } from '#platform/request.server.ts';

/** The public sees what the public sees, whoever is signed in. */
export const load: PageServerLoad = async (event) => {
	const { edition, locales } = await reading({ ...event, locals: { ...event.locals, actor: publicActor } }, (tx) =>
		publishedEdition(tx, event.params.slug, event.locals.locale)
	);
	return { edition, figures: drawFigures(edition, edition.locale), locales };
};
