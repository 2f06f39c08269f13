import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { localizeHref } from '#paraglide/runtime.js';
import { getProgramme } from '#modules/network/queries.server.ts';
import { confirmedMark } from '#platform/confirmed.ts';
import type { Tx } from '#platform/database.server.ts';
import { demandStepUp, personOf, reading } from '#platform/request.server.ts';
import { exportResponse, type ExportTable } from '#platform/spreadsheet.server.ts';

/** Sends who has not proved presence lately to do so first; afterwards they are back on `page`, with the present search, or told to send their form once more. */
export function stepUpBefore(event: RequestEvent, page: string): void {
	personOf(event);
	try {
		demandStepUp(event);
	} catch {
		redirect(303, `${localizeHref('/step-up')}?to=${encodeURIComponent(localizeHref(page) + (event.request.method === 'POST' ? `?${confirmedMark}` : event.url.search))}`);
	}
}

/**
 * Hands a table over as a file, after a step-up.
 * @param format as it stands in the address
 * @param page where the export is offered
 */
export async function exporting(event: RequestEvent, format: string, page: string, work: (tx: Tx) => Promise<ExportTable>): Promise<Response> {
	if (format !== 'xlsx' && format !== 'csv') error(404);
	stepUpBefore(event, page);
	const table = await inProgramme(event, work);
	return exportResponse(format, table.name, [table]);
}

/**
 * Reads for a file of a programme. A page is not there for who has no part in its programme, its frame says so; a file has no
 * frame, and an empty one would say that there is something to be empty.
 */
export const inProgramme = <T>(event: RequestEvent, work: (tx: Tx) => Promise<T>): Promise<T> =>
	reading(event, async (tx) => {
		await getProgramme(tx, event.params['programme'] ?? '');
		return work(tx);
	});

/** An empty table to fill in, for who takes part in the programme. */
export async function template(event: RequestEvent, name: string, table: ExportTable): Promise<Response> {
	personOf(event);
	await inProgramme(event, async () => {});
	return exportResponse('csv', name, [table]);
}
