import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { getProgramme } from '#modules/network/queries.server.ts';
import { m } from '#paraglide/messages.js';
import { problemText } from '#platform/problem-text.ts';
import { personOf, reading } from '#platform/request.server.ts';
import { exportResponse, type Cell } from '#platform/spreadsheet.server.ts';
import { needStepUp } from '../../step-up.server.ts';
import { register, registerColumns, registerRow } from '../register.server.ts';

/** The register with the same search, filters, order and columns, as a file; scores as numbers. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	needStepUp(event);
	const { format, programme: id } = event.params;
	const { locale } = event.locals;
	if (format !== 'xlsx' && format !== 'csv') error(404, { message: problemText('not-found', {}, locale), code: 'not-found' });
	return reading(event, async (tx) => {
		const programme = await getProgramme(tx, id);
		const { query, found } = await register(tx, programme, event.url);
		const columns = registerColumns().filter((column) => query.columns.has(column.key));
		const rows = found.map((row) => {
			const words: Record<string, string> = registerRow(row, programme.id, locale).cells;
			const exact: Record<string, Cell> = {
				priority: row.rank?.priority ?? null,
				severity: row.weighed.severity,
				feasibility: row.weighed.feasibility,
				strength: row.weighed.strength.value,
				holds: row.rank?.holds ?? null
			};
			return columns.map(({ key }): Cell => (key in exact ? (exact[key] ?? null) : (words[key] ?? '')));
		});
		return exportResponse(format, 'gaps', [{ name: m.gaps_title(), columns: columns.map((column) => column.label), rows }]);
	});
};
