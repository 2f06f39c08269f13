import type { RequestHandler } from './$types.js';
import { drawFigures } from '#modules/policy/briefing/charts.server.ts';
import { toldToday } from '#modules/policy/briefing/fallen.ts';
import { m } from '#paraglide/messages.js';
import { chartCsv, csvTable } from '#ui/chart.ts';
import { publishedAt } from '../published.server.ts';

/** The figures of a published briefing as they went out, one below the other; above each what was asked, of how many, and where it comes from. */
export const GET: RequestHandler = async (event) => {
	const published = await publishedAt(event);
	const { edition, notes } = toldToday(published.edition, published.fallen);
	const inLocale = { locale: edition.locale };
	const withheld = m.ui_withheld({}, inLocale);
	const words = { fewer: withheld, withheld, answer: m.policy_briefing_answer({}, inLocale), value: m.policy_briefing_value({}, inLocale) };
	const tables = Object.entries(drawFigures(edition, edition.locale)).flatMap(([at, { chart, changes, asked }]) => {
		const note = notes[Number(at)];
		const facts = [
			[m.policy_briefing_figures_code({}, inLocale), chart.title],
			...(note === undefined ? [] : [['', note]]),
			...(asked === undefined ? [] : [[m.policy_briefing_figures_question({}, inLocale), asked]]),
			[m.policy_briefing_figures_n({}, inLocale), chart.n === undefined ? withheld : String(chart.n)],
			[m.policy_briefing_figures_source({}, inLocale), chart.source]
		];
		const changed = changes && [[`${chart.title} · ${changes.title}`], [changes.head, ...changes.groups], ...changes.rows.map((row) => [row.label, ...row.cells.map((cell) => cell.text)])];
		return [csvTable(facts) + chartCsv(chart, words), ...(changed ? [csvTable(changed)] : [])];
	});
	return new Response(`\ufeff${tables.join('\r\n')}`, {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="${event.params.slug}-${edition.locale}.csv"` }
	});
};
