import type { PageServerLoad } from './$types.js';
import { basisOf } from '#modules/assessment/figures/count.server.ts';
import { figureVersions, getFigure } from '#modules/assessment/figures/queries.server.ts';
import { cellText, changesBetween } from '#modules/assessment/figures/changes.ts';
import { queryFacts } from '#modules/assessment/figures/words.ts';
import { getProgramme, placeOptions } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { localText } from '#platform/locales.ts';
import { notFound } from '#platform/problem.ts';
import { reading } from '#platform/request.server.ts';
import { momentText } from '#ui/format.ts';

/** What differs between a version of a figure and the one before it: what was asked, and what came out. */
export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, figure: id } = event.params;
		const { locale } = event.locals;
		const figure = await getFigure(tx, programme, id);
		const versions = await figureVersions(tx, figure.familyId);
		const before = versions.find((version) => version.version === figure.version - 1);
		if (!before) throw notFound();
		const earlier = await getFigure(tx, programme, before.id);
		const places = await placeOptions(tx, programme, 'mahalla');
		const { timeZone } = await getProgramme(tx, programme);
		const told = async (one: typeof figure) => [
			{ term: m.assessment_title(), detail: localText(one.title, locale).text },
			{ term: m.figures_round(), detail: [one.compared, one.round].flatMap((name) => (name ? [localText(name, locale).text] : [])).join(' – ') },
			{ term: m.assessment_place(), detail: one.place ? localText(one.place, locale).text : m.assessment_whole_programme() },
			...queryFacts(one.query, { ...(await basisOf(tx, one.roundId)), locale, places }),
			{ term: 'n', detail: String(one.n) },
			{ term: m.assessment_cut_off(), detail: momentText(one.cutOff, timeZone) }
		];
		const words = { withheld: m.ui_withheld(), fewer: m.ui_fewer_than({ n: figure.threshold }) };
		const cells = (one: typeof figure) => cellText(one.exact && earlier.exact && figure.exact ? one.exact : one.shown, one.query.measure, words, locale);
		return {
			figure: { id, number: figure.number, version: figure.version },
			before: { id: before.id, version: before.version },
			asked: changesBetween(await told(earlier), await told(figure)),
			came: changesBetween(cells(earlier), cells(figure))
		};
	});
