import type { PageServerLoad } from './$types.js';
import { draftBriefing } from '#modules/policy/briefing/permits.ts';
import { dryRun } from '#modules/policy/briefing/judged.server.ts';
import { bindingOptions } from '#modules/policy/briefing/queries.server.ts';
import { ledger } from '#modules/releases/queries.server.ts';
import { localText } from '#platform/locales.ts';
import { codeOf } from '#platform/numbers.server.ts';
import { mayI } from '#platform/permit.server.ts';
import { problemText } from '#platform/problem-text.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme } = event.params;
		const { locale } = event.locals;
		const asked = event.url.searchParams.get('figure') ?? '';
		const mayTry = await mayI(tx, draftBriefing, { programmeId: programme });
		const figures = mayTry ? (await bindingOptions(tx, programme)).figures : [];
		const chosen = figures.find((figure) => figure.id === asked);
		const tried = chosen ? await dryRun(tx, programme, chosen) : null;
		return {
			options: figures.map((figure) => ({ value: figure.id, label: `${codeOf('figure', figure.number)} · ${localText(figure.text, locale).text.slice(0, 100)}` })),
			asked,
			mayTry,
			tried: tried && (tried.refused ? { refused: problemText(tried.refused.code, { code: tried.refused.figures }, locale), preview: null } : { refused: null, preview: tried.preview }),
			releases: (await ledger(tx, programme)).map((release) => ({
				...release,
				code: codeOf('release', release.number),
				title: localText(release.title, locale).text,
				contentSha256: release.contentSha256.toString('hex'),
				figures: release.figures.map((figure) => ({
					...figure,
					code: codeOf('figure', figure.number),
					title: localText(figure.title, locale).text,
					round: [figure.comparedRound, figure.round].flatMap((name) => (name ? [localText(name, locale).text] : [])).join(' – ')
				}))
			}))
		};
	});
