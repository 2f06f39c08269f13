import type { RequestHandler } from './$types.js';
import { drawFigures } from '#modules/policy/briefing/charts.server.ts';
import { toldToday } from '#modules/policy/briefing/fallen.ts';
import { publishedEdition } from '#modules/policy/briefing/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { publicActor } from '#platform/actor.ts';
import { reading } from '#platform/request.server.ts';
import { chartCsv, csvTable } from '#ui/chart.ts';

/** The figures of a published briefing as they went out, one below the other. */
export const GET: RequestHandler = async (event) => {
	const published = await reading({ ...event, locals: { ...event.locals, actor: publicActor } }, (tx) => publishedEdition(tx, event.params.slug, event.locals.locale));
	const { edition, notes } = toldToday(published.edition, published.fallen);
	const words = { fewer: m.ui_withheld({}, { locale: edition.locale }), withheld: m.ui_withheld({}, { locale: edition.locale }) };
	const titled = (lines: readonly (string | undefined)[], table: string): string => `${csvTable(lines.flatMap((line) => (line ? [[line]] : [])))}${table}`;
	const tables = Object.entries(drawFigures(edition, edition.locale)).flatMap(([at, { chart, changes }]) => [
		titled([chart.title, notes[Number(at)]], chartCsv(chart, words)),
		...(changes ? [titled([`${chart.title} · ${changes.title}`], csvTable([['', ...changes.groups], ...changes.rows.map((row) => [row.label, ...row.cells.map((cell) => cell.text)])]))] : [])
	]);
	return new Response(`\ufeff${tables.join('\r\n')}`, {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${event.params.slug}-${edition.locale}.csv"` }
	});
};
