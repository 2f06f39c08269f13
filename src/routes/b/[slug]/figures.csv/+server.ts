import type { RequestHandler } from './$types.js';
import { drawFigures } from '#modules/policy/briefing/charts.server.ts';
import { publishedEdition } from '#modules/policy/briefing/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { publicActor } from '#platform/actor.ts';
import { reading } from '#platform/request.server.ts';
import { chartCsv } from '#ui/chart.ts';

/** The figures of a published briefing as they went out, one below the other. */
export const GET: RequestHandler = async (event) => {
	const { edition } = await reading({ ...event, locals: { ...event.locals, actor: publicActor } }, (tx) => publishedEdition(tx, event.params.slug, event.locals.locale));
	const words = { fewer: m.ui_withheld({}, { locale: edition.locale }), withheld: m.ui_withheld({}, { locale: edition.locale }) };
	const tables = Object.values(drawFigures(edition, edition.locale)).map(({ chart }) => `"${chart.title.replaceAll('"', '""')}"\r\n${chartCsv(chart, words)}`);
	return new Response(`\ufeff${tables.join('\r\n')}`, {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${event.params.slug}-${edition.locale}.csv"` }
	});
};
