import type { ServerResponse } from 'node:http';
import { z } from 'zod';

/** On every answer: pages, files, doors and errors. Pages bring their own content security policy with nonces or hashes. */
const always = {
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-embedder-policy': 'require-corp',
	'cross-origin-resource-policy': 'same-origin',
	// Nothing to other sites. With `no-referrer` browsers send `Origin: null` with our own forms, which are then refused as foreign.
	'referrer-policy': 'same-origin',
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY'
};

/** What pages may use of a device. It means nothing for other kinds of content, and every byte of a header travels. */
const permissions =
	'accelerometer=(), autoplay=(), browsing-topics=(), camera=(self), display-capture=(), encrypted-media=(), fullscreen=(self), ' +
	'geolocation=(self), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), ' +
	'publickey-credentials-create=(self), publickey-credentials-get=(self), serial=(), usb=(), xr-spatial-tracking=()';

/** Two years. */
const strictTransport = 'max-age=63072000; includeSubDomains';

/** What is not a page loads and runs nothing, even when someone opens it as one. */
const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * For pages that were rendered at build time (their policy with hashes stands in the page, this one holds beside it) and for
 * scripts: a worker takes its policy from its own file's headers.
 */
const ownOnly =
	"default-src 'none'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; " +
	"img-src 'self' data:; manifest-src 'self'; script-src 'self'; style-src 'self'; worker-src 'self'";

/** Parts of pages, which no browser begins a page or a worker with. A first visit fetches some sixty of them, each with its headers. */
const isPart = (url: string | undefined): boolean => /^\/_app\/immutable\/(?:chunks|nodes|entry)\//.test(url ?? '');

/**
 * Gives an answer the security headers. The content policy is decided at the last moment, when the kind of content is known,
 * and only where the answer has none of its own.
 *
 * @param secure whether it goes out by HTTPS
 */
export function secureHeaders(response: ServerResponse, secure: boolean): void {
	for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
	if (secure) response.setHeader('strict-transport-security', strictTransport);
	// Every way of answering comes through writeHead, node's own implicit one too.
	response.writeHead = new Proxy(response.writeHead, {
		apply(writeHead, self: ServerResponse, args: unknown[]) {
			const given = givenSchema.parse(args.findLast((arg) => typeof arg === 'object'));
			const type = String(find(given, 'content-type') ?? self.getHeader('content-type') ?? '');
			if (/^(?:text\/html|application\/xhtml)/.test(type)) self.setHeader('permissions-policy', permissions);
			// "Not modified" renews the headers of what the browser has: a policy here would take the place of the page's own.
			const unchanged = (typeof args[0] === 'number' ? args[0] : self.statusCode) === 304;
			if (!unchanged && !self.hasHeader('content-security-policy') && find(given, 'content-security-policy') === undefined) {
				self.setHeader('content-security-policy', /^text\/(?:html|javascript)/.test(type) && !isPart(self.req.url) ? ownOnly : nothing);
			}
			return Reflect.apply(writeHead, self, args);
		}
	});
}

const givenSchema = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullish();
type Given = z.infer<typeof givenSchema>;

/** A header among those handed to writeHead, as an object or as a flat list of names and values. */
function find(given: Given, name: string): unknown {
	if (given === undefined || given === null) return undefined;
	const pairs = Array.isArray(given)
		? given.flatMap((each, index) => (index % 2 === 0 ? [[String(each), given[index + 1]] as const] : []))
		: Object.entries(given);
	return pairs.find(([key]) => key.toLowerCase() === name)?.[1];
}
