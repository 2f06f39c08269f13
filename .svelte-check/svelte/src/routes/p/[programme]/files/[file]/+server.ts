import type { RequestHandler } from './$types.js';
import { downloadHeaders, readStoredFile } from '#platform/files.server.ts';
import { personOf, reading } from '#platform/request.server.ts';

export const GET: RequestHandler = async (event) => {
	personOf(event);
	const file = await reading(event, (tx) => readStoredFile(tx, event.params.programme, event.params.file));
	return new Response(new Uint8Array(file.content), { headers: downloadHeaders(file) });
};
