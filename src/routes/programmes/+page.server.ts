import type { PageServerLoad } from './$types.js';
import { createProgramme } from '#modules/network/permits.ts';
import { myProgrammes } from '#modules/network/queries.server.ts';
import { localText } from '#platform/locales.ts';
import { mayI } from '#platform/permit.server.ts';
import { personOf, reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) => {
	personOf(event);
	const { locale } = event.locals;
	return reading(event, async (tx) => ({
		programmes: (await myProgrammes(tx)).map(({ id, name, summary }) => ({ id, title: localText(name, locale).text, summary: localText(summary, locale).text })),
		mayCreate: await mayI(tx, createProgramme, null)
	}));
};
