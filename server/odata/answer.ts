import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EntitySet } from '#modules/assessment/exports/odata/edm.ts';

/** A request to the door, and the address that the client knows the feed by. */
export type Call = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly url: URL; readonly base: string };

const always = { 'odata-version': '4.0', 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' } as const;

function send(request: IncomingMessage, response: ServerResponse, status: number, type: string, text: string, headers: Record<string, string> = {}): void {
	const body = Buffer.from(text, 'utf8');
	response.writeHead(status, { ...always, 'content-type': type, 'content-length': body.length, ...headers });
	response.end(request.method === 'HEAD' ? undefined : body);
}

/** Answers with JSON as the protocol writes it. */
export const answerJson = ({ request, response }: Call, content: object): void =>
	send(request, response, 200, 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8', JSON.stringify(content));

/** Answers with a text: the model, a count. */
export const answerText = ({ request, response }: Call, type: 'application/xml' | 'text/plain', text: string): void => send(request, response, 200, `${type};charset=utf-8`, text);

/** Answers with an error in the protocol's own form. */
export function answerError(request: IncomingMessage, response: ServerResponse, status: number, code: string, message: string): void {
	const headers: Record<string, string> = status === 401 ? { 'www-authenticate': 'Basic realm="Hamkor", charset="UTF-8"' } : status === 405 ? { allow: 'GET, HEAD' } : {};
	send(request, response, status, 'application/json;charset=utf-8', JSON.stringify({ error: { code, message } }), headers);
}

/** The context of an answer: the set, and what was chosen of it. */
export const contextOf = (base: string, { name }: EntitySet, select: ReadonlySet<string> | null): string =>
	`${base}/$metadata#${encodeURIComponent(name)}${select === null ? '' : `(${[...select].map(encodeURIComponent).join(',')})`}`;
