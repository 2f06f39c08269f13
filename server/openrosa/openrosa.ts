import type { IncomingMessage, ServerResponse } from 'node:http';
import { m } from '#paraglide/messages.js';
import { formOf } from '#modules/assessment/collection/form.server.ts';
import { receive } from '#modules/assessment/collection/intake.server.ts';
import { findLink, forgetLinks, refusal, roundRefusal, type Link } from '#modules/assessment/collection/link.server.ts';
import { readUpload, uploadLimits } from '#modules/assessment/collection/upload.server.ts';
import { pickLocale, type Locale } from '#platform/locales.ts';
import { Problem, problem } from '#platform/problem.ts';
import { problemText } from '#platform/problem-text.ts';
import { asProblem } from '#platform/thrown-problem.ts';
import type { Door } from '#server/door.ts';
import { formFile, formList, formXml, integrity, manifest, type Call } from './forms.ts';
import { answerEmpty, answerMessage } from './xml.ts';

/**
 * The door for collection apps (OpenRosa 1.0: ODK Collect, KoboCollect) at `/key/{token}/…`, and for the filling page's own
 * submissions at `/c/{token}/submission`. The secret of a link is all there is of authentication: in the path, or as the password
 * of Basic authentication over TLS at `/key/…` without a secret. It stands before the pages, whose protection of forms would
 * refuse a client that is no browser.
 */
export const openrosa: Door = (request, response, url) => {
	const asked = withPassword(request, response, url);
	if (asked) return asked;
	const found = /^\/(key|c)\/([^/]+)\/(.+)$/.exec(url.pathname);
	if (!found) return false;
	const [, door = '', token = '', rest = ''] = found;
	if (door === 'c' && rest !== 'submission') return false;
	return answer(request, response, url, { app: door === 'key', token, rest, inPath: true });
};

/** What stands after `/key/` when no secret does: the calls themselves. */
const bare = /^\/key\/(formList|submission|forms\/[^/]+(?:\/manifest|\/files\/[^/]+|\/lists\/[^/]+\/integrity)?)$/;

function withPassword(request: IncomingMessage, response: ServerResponse, url: URL): Promise<true> | false {
	const rest = bare.exec(url.pathname)?.[1];
	if (rest === undefined) return false;
	return answer(request, response, url, { app: true, token: passwordOf(request.headers.authorization), rest, inPath: false });
}

/** The password that a client gives; the name before it may be any. Empty when it gives none. */
function passwordOf(header: string | undefined): string {
	const [, encoded = ''] = /^Basic\s+([A-Za-z0-9+/=]{1,500})$/i.exec(header ?? '') ?? [];
	const text = Buffer.from(encoded, 'base64').toString('utf8');
	return text.slice(text.indexOf(':') + 1);
}

type Asked = { readonly app: boolean; readonly token: string; readonly rest: string; readonly inPath: boolean };

async function answer(request: IncomingMessage, response: ServerResponse, url: URL, asked: Asked): Promise<true> {
	const locale = pickLocale(url.searchParams.get('locale') ?? request.headers['accept-language']);
	try {
		if (!asked.inPath) demandPassword(request, asked.token);
		const link = await admitted(asked);
		const base = `${String(request.headers['x-forwarded-proto'])}://${String(request.headers['x-forwarded-host'])}/key${asked.inPath ? `/${asked.token}` : ''}`;
		await route({ request, response, url, link, locale, base, token: asked.token }, asked.rest);
	} catch (error) {
		const found = asProblem(error);
		if (!found) throw error;
		refuse(request, response, found, locale);
	}
	return true;
}

/**
 * A password travels over TLS alone. Apps ask without one first, and give it when they are asked for it.
 * @throws Problem `collection.needs-tls` (403), `collection.needs-password` (401)
 */
function demandPassword(request: IncomingMessage, password: string): void {
	if (request.headers['x-forwarded-proto'] !== 'https') throw problem('collection.needs-tls', 403);
	if (password === '') throw problem('collection.needs-password', 401);
}

/** @throws Problem 403 for a link that is unknown, revoked or expired, and for an app where answers must not lie on a phone in clear */
async function admitted({ app, token }: Asked): Promise<Link> {
	const link = await findLink(token);
	const refused = refusal(link);
	if (refused) throw refused;
	if (link === undefined) throw problem('collection.link-unknown', 403);
	if (app && link.sensitive) throw problem('collection.sensitive', 403);
	return link;
}

async function route(call: Call, rest: string): Promise<void> {
	if (rest === 'submission') return submission(call);
	const read = readerOf(call, rest);
	if (read === undefined) throw problem('collection.no-such-address', 404);
	const { method } = call.request;
	if (method !== 'GET' && method !== 'HEAD') return notThat(call, 'GET, HEAD');
	return read();
}

function readerOf(call: Call, rest: string): (() => Promise<void>) | undefined {
	if (rest === 'formList') return () => formList(call);
	const [, form, list, owner, file, lender, lent] = /^forms\/(?:([^/]+)\.xml|([^/]+)\/manifest|([^/]+)\/files\/([^/]+)|([^/]+)\/lists\/([^/]+)\/integrity)$/.exec(rest) ?? [];
	if (form !== undefined) return () => formXml(call, decoded(form));
	if (list !== undefined) return () => manifest(call, decoded(list));
	if (owner !== undefined && file !== undefined) return () => formFile(call, decoded(owner), decoded(file));
	if (lender !== undefined && lent !== undefined) return () => integrity(call, decoded(lender), decoded(lent));
	return undefined;
}

function decoded(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		throw problem('collection.no-such-form', 404);
	}
}

async function submission(call: Call): Promise<void> {
	const { request, response, link, locale } = call;
	if (request.method === 'HEAD') return answerEmpty(response, 204);
	if (request.method !== 'POST') return notThat(call, 'HEAD, POST');
	const form = await formOf(link.versionId);
	const upload = await readUpload(request, request.headers);
	try {
		const receipt = await receive({ kind: 'token', tokenId: link.tokenId }, link, form.shape, upload);
		const waiting = upload.incomplete && receipt.missing.length > 0;
		const text = waiting ? m.assessment_openrosa_waiting({}, { locale }) : m.assessment_openrosa_received({}, { locale });
		answerMessage(request, response, waiting ? 202 : 201, 'submit_success', text);
	} catch (error) {
		if (error instanceof Problem && error.status === 403) throw await reason(call, error);
		throw error;
	} finally {
		await upload.discard();
	}
}

/** Why the database said no: the link is looked at afresh, so that the answer names the reason. */
async function reason({ token }: Call, refused: Problem): Promise<Problem> {
	if (refused.code !== 'collection.round-closed') return refused;
	forgetLinks();
	const link = await findLink(token);
	return refusal(link) ?? (link && roundRefusal(link)) ?? refused;
}

function notThat({ request, response, locale }: Call, allow: string): void {
	answerMessage(request, response, 405, 'error', problemText('collection.method', {}, locale), { allow });
}

function refuse(request: IncomingMessage, response: ServerResponse, { status, code, facts }: Problem, locale: Locale): void {
	// A body that nobody reads would hold the connection: it is thrown away if it is small, and cut off if it is not.
	const rest = !request.complete && Number(request.headers['content-length'] ?? uploadLimits.bytes + 1);
	if (rest !== false && rest > uploadLimits.bytes) response.once('finish', () => setTimeout(() => request.destroy(), 500).unref());
	request.resume();
	answerMessage(request, response, status, 'error', problemText(code, facts, locale), {
		...(request.complete ? {} : { connection: 'close' }),
		...(status === 401 ? { 'www-authenticate': 'Basic realm="Hamkor", charset="UTF-8"' } : {}),
		...(status === 503 ? { 'retry-after': '60' } : {})
	});
}
