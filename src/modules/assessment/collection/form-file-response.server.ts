import { error } from '@sveltejs/kit';
import { fileAt } from '#platform/file-place.server.ts';
import type { Locale } from '#platform/locales.ts';
import { problemText } from '#platform/problem-text.ts';
import { piecesOf, streamOf } from '../exports/download.server.ts';
import { fileHeaders, type CollectedFile } from './form-files.server.ts';

/** A file of a form as a page's answer: kept sealed by the filling page itself, and by no cache on the way. @throws HttpError 404 */
export async function formFileResponse(files: readonly Pick<CollectedFile, 'name' | 'mediaType' | 'bytes' | 'sha256'>[], name: string, locale: Locale): Promise<Response> {
	const file = files.find((each) => each.name === name);
	const pieces = file && (await piecesOf(fileAt(file.sha256)));
	if (!pieces) error(404, { message: problemText('collection.no-such-file', {}, locale), code: 'collection.no-such-file' });
	return new Response(streamOf(pieces), { headers: fileHeaders(file) });
}
