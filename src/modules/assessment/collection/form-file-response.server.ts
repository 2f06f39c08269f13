import { error } from '@sveltejs/kit';
import { fileAt } from '#platform/file-place.server.ts';
import type { Locale } from '#platform/locales.ts';
import { problemText } from '#platform/problem-text.ts';
import { piecesOf, streamOf } from '../exports/download.server.ts';
import { fileHeaders, type CollectedFile } from './form-files.server.ts';

/** A file of a form as a page's answer: kept sealed by the filling page itself, and by no cache on the way. @throws HttpError 404 */
export async function formFileResponse(files: readonly Pick<CollectedFile, 'name' | 'mediaType' | 'bytes' | 'content'>[], name: string, locale: Locale): Promise<Response> {
	const file = files.find((each) => each.name === name);
	if (file && 'text' in file.content) return new Response(new Uint8Array(file.content.text), { headers: fileHeaders(file) });
	const pieces = file && 'sha256' in file.content ? await piecesOf(fileAt(file.content.sha256)) : null;
	if (!file || !pieces) error(404, { message: problemText('collection.no-such-file', {}, locale), code: 'collection.no-such-file' });
	return new Response(streamOf(pieces), { headers: fileHeaders(file) });
}
