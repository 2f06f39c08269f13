import type { RequestHandler } from './$types.js';
import { drawFigures } from '#modules/policy/briefing/charts.server.ts';
import { toldToday } from '#modules/policy/briefing/fallen.ts';
import { publishedEdition } from '#modules/policy/briefing/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { publicActor } from '#platform/actor.ts';
import { reading } from '#platform/request.server.ts';
import { chartCsv } from '#ui/chart.ts';

/** The figures of a published briefing as they went out, one below the other. */
export const GET: RequestHandler = async (event) => {
	const published = await reading({ ...event, locals: { ...event.locals, actor: publicActor } }, (tx) => publishedEdition(tx, event.params.slug, event.locals.locale));
	const { edition, notes } = toldToday(published.edition, published.fallen);
	const words = { fewer: m.ui_withheld({}, { locale: edition.locale }), withheld: m.ui_withheld({}, { locale: edition.locale }) };
	const tables = Object.entries(drawFigures(edition, edition.locale)).map(([at, { chart }]) => `${[chart.title, notes[Number(at)]].flatMap((line) => (line ? [`"${line.replaceAll('"', '""')}"\r\n`] : [])).join('')}${chartCsv(chart, words)}`);
	return new Response(`\ufeff${tables.join('\r\n')}`, {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${event.params.slug}-${edition.locale}.csv"` }
	});
};
