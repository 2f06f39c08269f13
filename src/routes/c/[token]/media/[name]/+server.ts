import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types.js';
import { formFileResponse } from '#modules/assessment/collection/form-file-response.server.ts';
import { filesForCollecting } from '#modules/assessment/collection/form-files.server.ts';
import { findLink, refusal, roundRefusal } from '#modules/assessment/collection/link.server.ts';
import { problemText } from '#platform/problem-text.ts';

/** A file of the form behind a link. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const { locale } = locals;
	const link = await findLink(params.token);
	const refused = refusal(link) ?? (link && roundRefusal(link));
	if (refused || !link) {
		const code = refused?.code ?? 'collection.link-unknown';
		error(refused?.status ?? 403, { message: problemText(code, refused?.facts ?? {}, locale), code });
	}
	return formFileResponse(await filesForCollecting(link.versionId), params.name, locale);
};
