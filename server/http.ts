import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import https from 'node:https';
import { log } from '#platform/log.server.ts';
import type { Settings } from '#platform/settings.ts';
import { asProblem } from '#platform/thrown-problem.ts';
import { compressed } from '#server/compression.ts';
import { doors } from '#server/doors.ts';
import { isCode } from '#server/errors.ts';
import { maskedPath } from '#server/masked-path.ts';
import { makeArrivals } from '#server/origin.ts';
import { OperatorProblem } from '#server/problem.ts';
import { refuse, unreadable } from '#server/refusal.ts';
import { secureHeaders } from '#server/security-headers.ts';

/** Answers what no door wanted: the pages. */
export type Pages = (request: IncomingMessage, response: ServerResponse) => void;

/** The longest address we read. What is longer is no address of ours. */
const longestUrl = 4096;

const limits = {
	maxHeaderSize: 16 * 1024,
	/** Milliseconds for the headers, against senders that drip them. */
	headersTimeout: 15_000,
	/** Milliseconds for a whole request: a photograph over a slow line takes minutes. */
	requestTimeout: 300_000,
	keepAliveTimeout: 5_000,
	connectionsCheckingInterval: 5_000
};

/** Makes the server, not yet listening. @throws OperatorProblem when the certificate cannot be used */
export function makeServer(settings: Settings, pages: Pages): Server {
	const arrivals = makeArrivals(settings);
	const listener = (request: IncomingMessage, response: ServerResponse): void => {
		handle(request, response, arrivals, pages).catch((error: unknown) => fail(request, response, error));
	};
	const server = settings.HAMKOR_TLS_CERT && settings.HAMKOR_TLS_KEY
		? tlsServer(settings.HAMKOR_TLS_CERT, settings.HAMKOR_TLS_KEY, listener)
		: http.createServer(limits, listener);
	server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
		if (socket.writable && error.code !== 'ECONNRESET') socket.end(unreadable(error.code));
		else socket.destroy();
	});
	server.maxConnections = 4000;
	server.maxRequestsPerSocket = 10_000;
	server.maxHeadersCount = 100;
	return server;
}

function tlsServer(certFile: string, keyFile: string, listener: http.RequestListener): Server {
	try {
		const cert = readFileSync(certFile);
		const key = readFileSync(keyFile);
		return https.createServer({ ...limits, cert, key, minVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'] }, listener);
	} catch (error) {
		const reason = isCode(error, 'ENOENT') ? 'one of the files is not there' : isCode(error, 'EACCES') ? 'one of the files may not be read' : 'they do not fit together or are not PEM files';
		throw new OperatorProblem(`HAMKOR_TLS_CERT and HAMKOR_TLS_KEY cannot be used (${reason}): set them to a certificate chain and its key.`);
	}
}

async function handle(
	request: IncomingMessage,
	response: ServerResponse,
	arrivals: ReturnType<typeof makeArrivals>,
	pages: Pages
): Promise<void> {
	const started = performance.now();
	const id = randomUUID();
	const arrival = arrivals(request);
	request.headers['x-request-id'] = id;
	secureHeaders(response, arrival.protocol === 'https');
	response.setHeader('x-request-id', id);
	compressed(request, response);
	const url = parse(request.url);
	// An answer that can no longer be written is that reader's loss alone: unheard, it would end the program for all.
	response.on('error', (error) => log().warn({ err: error, id }, 'an answer could not be written'));
	response.once('close', () => note(request, response, id, url, started));

	if (url === null) return (request.url ?? '').length > longestUrl ? refuse(request, response, 414, 'address-too-long') : refuse(request, response, 400, 'address-unreadable');
	if (arrival.host === null && url.pathname !== '/health' && url.pathname !== '/ready') {
		return refuse(request, response, 421, 'foreign-name');
	}
	for (const door of doors) {
		const answered = door(request, response, url);
		if (answered !== false && (await answered)) return;
	}
	pages(request, response);
}

function parse(url: string | undefined): URL | null {
	// Only paths: a proxy's absolute form, `*` and `//host` are nothing we serve, nor `\\`, which some read as `/`.
	if (!url?.startsWith('/') || url.startsWith('//') || url.includes('\\') || url.length > longestUrl) return null;
	try {
		return new URL(url, 'http://localhost');
	} catch {
		return null;
	}
}

function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
	log().error({ err: error }, 'a request failed');
	const { status, code } = asProblem(error) ?? { status: 500, code: 'bug' };
	if (response.headersSent) response.destroy();
	else refuse(request, response, status, code);
}

/** One line a request. The path of what was not found is left out: it may be anything, a name too. */
function note(request: IncomingMessage, response: ServerResponse, id: string, url: URL | null, started: number): void {
	const status = response.writableFinished ? response.statusCode : 499;
	// What we do not know, or only send on, may be anybody's words.
	const path = url === null || [404, 307, 308].includes(status) ? '-' : maskedPath(url.pathname);
	const ms = Math.round(performance.now() - started);
	log()[status >= 500 ? 'error' : 'info']({ id, method: request.method, path, status, ms });
}
