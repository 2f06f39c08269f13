import { error, redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { downloadHeadersOf, piecesOf, streamOf } from '#modules/assessment/exports/download.server.ts';
import { exportFile } from '#modules/assessment/exports/export.tasks.ts';
import { keptExport } from '#modules/assessment/exports/queries.server.ts';
import { opened } from '#modules/assessment/exports/sealed-file.ts';
import { exportSubmissions } from '#modules/assessment/permits.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { permit } from '#platform/permit.server.ts';
import { Problem } from '#platform/problem.ts';
import { problemText } from '#platform/problem-text.ts';
import { demandStepUp, personOf, reading } from '#platform/request.server.ts';

/** The file that a job prepared: for who asked for it, while still a named analyst of its rounds. */
export const GET: RequestHandler = async (event) => {
	personOf(event);
	const kept = await reading(event, async (tx) => {
		const found = await keptExport(tx, event.params.export);
		for (const round of found.rounds) await permit(tx, exportSubmissions, round);
		return found;
	});
	try {
		demandStepUp(event);
	} catch (thrown) {
		if (!(thrown instanceof Problem)) throw thrown;
		redirect(303, `${localizeHref('/step-up')}?to=${encodeURIComponent(event.url.pathname)}`);
	}
	const { locale, requestId } = event.locals;
	const pieces = await piecesOf(exportFile(kept.id));
	if (pieces === null) error(410, { message: problemText('export.gone', {}, locale), code: 'export.gone', requestId });
	return new Response(streamOf(opened(kept.fileKey, pieces)), { headers: { ...downloadHeadersOf(kept.fileName), 'content-length': String(kept.bytes) } });
};
