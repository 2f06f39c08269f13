import type { IncomingMessage } from 'node:http';
import { isLocale, localeFacts, pickLocale, type Locale } from '#platform/locales.ts';
import { problemText } from '#platform/problem-text.ts';
import type { Door } from '#server/door.ts';

const changing = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Refuses what another site's page made a browser send, whatever its content calls itself. The framework refuses forms itself, in one
 * English line; here the person learns in her language that nothing happened. Doors for machines are asked before.
 */
export const foreignForm: Door = (request, response, url) => {
	if (!changing.has(request.method ?? '') || request.headers.origin === ownOrigin(request)) return false;
	const locale = localeOf(request, url);
	const sentence = problemText('foreign-form', {}, locale);
	const html = `<!doctype html><html lang="${localeFacts[locale].lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hamkor</title></head>
<body><main><h1>Hamkor</h1><p>${escaped(sentence)}</p><p><a href="/${locale}">Hamkor</a></p></main></body></html>\n`;
	response.writeHead(403, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', connection: 'close' }).end(html);
	return Promise.resolve(true);
};

/** As the program is known outside; `server/origin.ts` has set both headers, whatever was sent in them. */
const ownOrigin = ({ headers }: IncomingMessage): string => `${String(headers['x-forwarded-proto'])}://${String(headers['x-forwarded-host'])}`;

function localeOf(request: IncomingMessage, url: URL): Locale {
	const [, first] = url.pathname.split('/');
	return isLocale(first) ? first : pickLocale(request.headers['accept-language'] ?? null);
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
