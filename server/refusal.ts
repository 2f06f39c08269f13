import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLocale, locales, pickLocale, type Locale } from '#platform/locales.ts';
import { plainPage, plainProblem, wantsJson } from '#platform/plain-page.ts';
import { problemText } from '#platform/problem-text.ts';

/** Answers what reaches no page and no door: a sentence in the language of the address or of the browser, to a machine as a problem. */
export function refuse(request: IncomingMessage, response: ServerResponse, status: number, code: string): void {
	const locale = localeOf(request);
	const sentence = problemText(code, {}, locale);
	const json = wantsJson(request.headers.accept);
	const type = json ? 'application/problem+json' : 'text/html; charset=utf-8';
	const body = Buffer.from(json ? plainProblem(status, code, sentence) : plainPage(locale, sentence));
	response.writeHead(status, { 'content-type': type, 'content-length': body.length, 'cache-control': 'no-store', connection: 'close' });
	response.end(request.method === 'HEAD' ? undefined : body);
}

function localeOf(request: IncomingMessage): Locale {
	const [, first] = (request.url ?? '').split('/', 2);
	return isLocale(first) ? first : pickLocale(request.headers['accept-language'] ?? null);
}

/**
 * The bytes that answer a request which could not even be read: its language is not known, so it is said in all of them.
 * @param code of Node's HTTP parser
 */
export function unreadable(code: string | undefined): string {
	const status = code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
	const body = `${locales.map((locale) => problemText('request-unreadable', {}, locale)).join('\n')}\n`;
	return [
		`HTTP/1.1 ${status}`, 'content-type: text/plain; charset=utf-8', `content-length: ${Buffer.byteLength(body)}`, "content-security-policy: default-src 'none'; frame-ancestors 'none'",
		'x-content-type-options: nosniff', 'cache-control: no-store', 'connection: close', '', body
	].join('\r\n');
}
