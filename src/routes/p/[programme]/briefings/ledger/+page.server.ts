import type { PageServerLoad } from './$types.js';
import { ledger } from '#modules/releases/queries.server.ts';
import { localText } from '#platform/locales.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => ({
		releases: (await ledger(tx, event.params.programme)).map((release) => ({
			...release,
			code: codeOf('release', release.number),
			title: localText(release.title, event.locals.locale).text,
			contentSha256: release.contentSha256.toString('hex'),
			figures: release.figures.map((figure) => ({
				...figure,
				code: codeOf('figure', figure.number),
				title: localText(figure.title, event.locals.locale).text
			}))
		}))
	}));
