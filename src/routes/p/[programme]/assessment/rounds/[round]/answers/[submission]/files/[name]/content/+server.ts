import type { RequestHandler } from './$types.js';
import { formFileResponse } from '#modules/assessment/collection/form-file-response.server.ts';
import { fileOf } from '#modules/assessment/fieldwork/submission-file-queries.server.ts';
import { readSubmissions } from '#modules/assessment/permits.ts';
import { permit } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

/** A file that came with answers, as it is kept: for who reads the answers. */
export const GET: RequestHandler = async (event) => {
	const { round, submission, name } = event.params;
	const { stored, sha256 } = await reading(event, async (tx) => fileOf(tx, await permit(tx, readSubmissions, round), submission, name));
	return formFileResponse(stored && sha256 ? [{ ...stored, name, content: { sha256 } }] : [], name, event.locals.locale);
};
