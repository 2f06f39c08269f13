import type { IncomingMessage, ServerResponse } from 'node:http';
import { setAt, type EntitySet } from '#modules/assessment/exports/odata/edm.ts';
import { findFeed, noteReading, openFeed, type Feed } from '#modules/assessment/exports/odata/feed.server.ts';
import { metadataXml } from '#modules/assessment/exports/odata/metadata.ts';
import { optionsOf, tokenOf } from '#modules/assessment/exports/odata/options.ts';
import { FeedReading } from '#modules/assessment/exports/odata/read.server.ts';
import { sql } from 'kysely';
import { inTransaction, type Tx } from '#platform/database.server.ts';
import { pickLocale } from '#platform/locales.ts';
import { problem } from '#platform/problem.ts';
import { problemText } from '#platform/problem-text.ts';
import { asProblem } from '#platform/thrown-problem.ts';
import type { Door } from '#server/door.ts';
import { answerError, answerJson, answerText, contextOf, type Call } from './answer.ts';

/**
 * The door for spreadsheets and analyses (OData 4.0) at `/odata/forms/{round}.svc/…`. A feed's secret is the password of Basic
 * authentication; the name before it may be any. Whatever is read is read as that feed, behind its own fence.
 */
export const odata: Door = (request, response, url) => {
	const found = /^\/odata\/forms\/([^/]+)\.svc(?:\/(.*))?$/.exec(url.pathname);
	if (!found) return false;
	return answer(request, response, url, found[1] ?? '', found[2] ?? '');
};

async function answer(request: IncomingMessage, response: ServerResponse, url: URL, form: string, rest: string): Promise<true> {
	const locale = pickLocale(request.headers['accept-language']);
	try {
		if (request.method !== 'GET' && request.method !== 'HEAD') throw problem('odata.read-only', 405);
		demandTls(request);
		const feed = await findFeed(passwordOf(request.headers.authorization));
		if (feed === null || feed.roundId !== form) throw problem(request.headers.authorization === undefined ? 'odata.needs-password' : 'odata.feed-ended', 401);
		const base = `${String(request.headers['x-forwarded-proto'])}://${String(request.headers['x-forwarded-host'])}/odata/forms/${form}.svc`;
		await inTransaction({ kind: 'feed', feedId: feed.feedId }, async (tx) => {
			const opened = await openFeed(tx, feed.feedId, url.searchParams.get('labels'), locale);
			await route(tx, { request, response, url, base }, opened, decoded(rest));
		});
	} catch (thrown) {
		const found = asProblem(thrown);
		if (!found) throw thrown;
		answerError(request, response, found.status, found.code, problemText(found.code, found.facts, locale));
	}
	return true;
}

/** A password travels over TLS alone, or not over a network at all. */
function demandTls(request: IncomingMessage): void {
	const host = String(request.headers['x-forwarded-host']).replace(/:\d+$/, '');
	// Both: a request from elsewhere may call us by any name, and a proxy on this machine may hand on one from elsewhere.
	const fromHere = request.headers['x-hamkor-direct'] === '1' && ['localhost', '127.0.0.1', '[::1]'].includes(host);
	if (request.headers['x-forwarded-proto'] !== 'https' && !fromHere) throw problem('collection.needs-tls', 403);
}

function passwordOf(header: string | undefined): string {
	const [, encoded = ''] = /^Basic\s+([A-Za-z0-9+/=]{1,500})$/i.exec(header ?? '') ?? [];
	const text = Buffer.from(encoded, 'base64').toString('utf8');
	return text.slice(text.indexOf(':') + 1);
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		throw problem('odata.no-such-set', 404);
	}
}

async function route(tx: Tx, call: Call, feed: Feed, path: string): Promise<void> {
	// Moments in conditions are looked at in Greenwich time.
	await sql`select set_config('timezone', 'UTC', true)`.execute(tx);
	if (path === '') return serviceDocument(call, feed);
	if (path === '$metadata') return answerText(call, 'application/xml', metadataXml(feed.model));
	const [, address = '', key, count] = /^([^(/]+)(?:\('((?:[^']|'')*)'\))?(\/\$count)?$/.exec(path) ?? [];
	const set = setAt(feed.model, address);
	if (set === undefined || (key !== undefined && count !== undefined)) throw path.startsWith('$') ? problem('odata.not-supported', 501, { what: path.slice(0, 80) }) : problem('odata.no-such-set', 404);
	const asked = optionsOf(call.url.searchParams, set, single(call.request.headers['prefer']));
	const reading = new FeedReading(tx, feed);
	if (count !== undefined) return answerText(call, 'text/plain', String(await reading.count(set, asked)));
	if (key !== undefined) {
		const entity = await reading.one(set, key.replaceAll("''", "'"), asked);
		if (entity === null) throw problem('odata.no-such-entity', 404);
		await note(tx, feed, set, 1, call);
		return answerJson(call, { '@odata.context': `${contextOf(call.base, set, asked.select)}/$entity`, ...entity });
	}
	const page = await reading.page(set, asked);
	await note(tx, feed, set, page.entities.length, call);
	answerJson(call, {
		'@odata.context': contextOf(call.base, set, asked.select),
		...(page.count === null ? {} : { '@odata.count': page.count }),
		value: page.entities,
		...(page.next === null ? {} : { '@odata.nextLink': nextLink(call, set, tokenOf(page.next)) })
	});
}

const note = (tx: Tx, feed: Feed, set: EntitySet, rows: number, { url }: Call): Promise<void> => noteReading(tx, feed, { set: set.address, rows, query: url.search.slice(0, 500) });
const single = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header.join(',') : header);

function serviceDocument(call: Call, feed: Feed): void {
	answerJson(call, {
		'@odata.context': `${call.base}/$metadata`,
		value: feed.model.sets.map(({ name, address }) => ({ name, kind: 'EntitySet', url: address }))
	});
}

/** The address of the next page: what was asked, from another place on. */
function nextLink({ url, base }: Call, set: EntitySet, token: string): string {
	const query = new URLSearchParams(url.searchParams);
	for (const name of ['$skip', '$top', '$count', '$skiptoken']) query.delete(name);
	query.set('$skiptoken', token);
	// What stands in an address by itself stays readable: `$filter`, not `%24filter`.
	return `${base}/${encodeURIComponent(set.address)}?${query.toString().replaceAll('%24', '$').replaceAll('+', '%20')}`;
}
