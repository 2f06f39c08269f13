import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { chartForms, figureCharts } from '#modules/assessment/figures/chart.ts';
import { getFigure } from '#modules/assessment/figures/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { codeOf } from '#platform/codes.ts';
import { localText } from '#platform/locales.ts';
import { personOf, reading } from '#platform/request.server.ts';
import { drawChart } from '#ui/chart.server.ts';
import { pngOf, standAlone } from '#ui/picture.server.ts';

/** A picture of the protected cells, whoever asks: it is made to be handed on. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { programme, figure: id, format, picture } = event.params;
	if (format !== 'svg' && format !== 'png') error(404);
	const { locale } = event.locals;
	const figure = await reading(event, (tx) => getFigure(tx, programme, id));
	const form = chartForms.find((each) => each === event.url.searchParams.get('form')) ?? 'bars';
	const source = [figure.compared, figure.round, figure.place].flatMap((name) => (name ? [localText(name, locale).text] : [])).join(', ');
	const chart = figureCharts(figure.shown, { ...figure, source, note: m.assessment_not_prevalence() }, locale, form)[Number(picture) - 1];
	if (!chart) error(404);
	const code = codeOf('figure', figure.number);
	const svg = standAlone(chart, drawChart(chart, locale).wide, `${code} · ${m.ui_chart_source({ source })} · n = ${figure.n}`);
	const body = format === 'svg' ? Buffer.from(svg) : await pngOf(svg);
	return new Response(new Uint8Array(body), {
		headers: {
			'content-type': format === 'svg' ? 'image/svg+xml' : 'image/png',
			'content-disposition': `attachment; filename="${code}-${picture}.${format}"`,
			'cache-control': 'no-store'
		}
	});
};
