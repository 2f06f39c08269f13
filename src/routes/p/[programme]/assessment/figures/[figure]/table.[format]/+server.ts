import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { basisOf } from '#modules/assessment/figures/count.server.ts';
import { figureTable } from '#modules/assessment/figures/export.ts';
import { getFigure } from '#modules/assessment/figures/queries.server.ts';
import { queryFacts } from '#modules/assessment/figures/words.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { codeOf } from '#platform/codes.ts';
import { localText } from '#platform/locales.ts';
import { personOf, reading } from '#platform/request.server.ts';
import { exportResponse } from '#platform/spreadsheet.server.ts';

/** What the page shows to this reader, as a file: the protected cells, whoever asks. Exact numbers stay on the page. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { programme, figure: id, format } = event.params;
	if (format !== 'xlsx' && format !== 'csv') error(404);
	const { locale } = event.locals;
	const { figure, facts } = await reading(event, async (tx) => {
		const found = await getFigure(tx, programme, id);
		const tongue = { ...(await basisOf(tx, found.roundId)), locale, places: await placeOptions(tx, programme, 'mahalla') };
		return { figure: found, facts: queryFacts(found.query, tongue) };
	});
	const code = codeOf('figure', figure.number);
	const words = { answer: m.figures_answer(), n: m.ui_chart_count(), share: m.ui_chart_share(), value: m.ui_chart_value(), low: m.figures_low(), high: m.figures_high(), group: m.figures_group(), withheld: m.ui_withheld(), fewer: m.ui_fewer_than({ n: figure.threshold }), difference: m.figures_difference() };
	const about = {
		name: m.figures_how(),
		columns: [code, localText(figure.title, locale).text],
		rows: [
			[m.figures_version({ version: figure.version }), ''],
			...facts.map(({ term, detail }) => [term, detail]),
			['n', figure.n],
			[m.assessment_cut_off(), figure.cutOff.toISOString()],
			[m.assessment_hash(), figure.hash],
			['', m.assessment_protected_seen({ threshold: figure.threshold })]
		]
	};
	return exportResponse(format, `${code}-${figure.version}`, [figureTable(figure.shown, figure.query.measure, words, locale), about]);
};
