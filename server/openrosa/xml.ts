import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { fileHeaders, type CollectedFile } from '#modules/assessment/collection/form-files.server.ts';
import { contentOf } from '#platform/file-place.server.ts';
import { openRosaMessage } from '#modules/assessment/collection/openrosa-message.ts';
import { uploadLimits } from '#modules/assessment/collection/upload.server.ts';

/** Headers on every answer of the door. Node adds `Date` itself. */
export const always = (): Record<string, string> => ({
	'x-openrosa-version': '1.0',
	'x-openrosa-accept-content-length': String(uploadLimits.bytes),
	'cache-control': 'private, no-cache'
});

/** Answers with XML. `text/xml`, because clients look for exactly that. */
export function answerXml(request: IncomingMessage, response: ServerResponse, status: number, xml: string, headers: Record<string, string> = {}): void {
	const body = Buffer.from(xml, 'utf8');
	response.writeHead(status, { ...always(), 'content-type': 'text/xml; charset=utf-8', 'content-length': body.length, ...headers });
	response.end(request.method === 'HEAD' ? undefined : body);
}

/** Answers with a file of a form, piece by piece. A client that leaves in the middle has left, and nothing more. */
export async function answerFile(request: IncomingMessage, response: ServerResponse, file: CollectedFile, headers: Record<string, string>): Promise<void> {
	response.writeHead(200, { ...fileHeaders(file), ...always(), ...headers });
	if (request.method === 'HEAD') return void response.end();
	if ('text' in file.content) return void response.end(file.content.text);
	await pipeline(await contentOf(file.content.sha256), response).catch((error: unknown) => {
		if (!response.destroyed) throw error;
	});
}

/** Answers without a body. */
export function answerEmpty(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
	response.writeHead(status, { ...always(), ...headers }).end();
}

/** Answers with a sentence, in the envelope that clients read it from. */
export function answerMessage(
	request: IncomingMessage,
	response: ServerResponse,
	status: number,
	nature: 'error' | 'submit_success',
	text: string,
	headers: Record<string, string> = {}
): void {
	answerXml(request, response, status, openRosaMessage(nature, text), headers);
}
