import type { RequestHandler } from './$types.js';
import { getXForm } from '#modules/assessment/instruments/queries.server.ts';
import { downloadHeaders, safeName } from '#platform/files.server.ts';
import { personOf, reading } from '#platform/request.server.ts';

export const GET: RequestHandler = async (event) => {
	personOf(event);
	const { xform, formId, version } = await reading(event, (tx) => getXForm(tx, event.params.programme, event.params.version));
	return new Response(xform, { headers: downloadHeaders({ name: safeName(`${formId}-${version}.xml`), mediaType: 'application/xml' }) });
};
