import type { IncomingMessage, ServerResponse } from 'node:http';
import { Writable, type Transform } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { z } from 'zod';

/** Kinds of content that become much smaller. Built files lie there packed already and bring their own encoding. */
const packable = /^(?:text\/|application\/(?:json|problem\+json|xml|xhtml\+xml|manifest\+json)\b|image\/svg\+xml)/;

/** In fewer bytes than this the packing costs more than it saves. */
const tooSmall = 800;

type Encoding = 'br' | 'gzip';

/**
 * Packs an answer with Brotli or gzip, as its reader accepts, while it is being sent. Call it last: what stands in the answer's
 * headers by then decides.
 *
 * How long a packed answer is tells whether something in it repeats a word of the question. So what another site made a browser
 * ask for is sent unpacked, see docs/decisions: only what our own pages or the person asked for is packed, and what a machine
 * without a session asked for.
 */
export function compressed(request: IncomingMessage, response: ServerResponse): void {
	const wanted = mayBePacked(request) ? acceptedEncoding(request.headers['accept-encoding']) : null;
	let decided = false;
	let packer: Transform | null = null;
	const own = { writeHead: response.writeHead, write: response.write, end: response.end };

	const decide = (lastLength?: number): void => {
		if (decided) return;
		decided = true;
		if (!packable.test(String(response.getHeader('content-type') ?? ''))) return;
		addVary(response);
		const length = Number(response.getHeader('content-length') ?? lastLength ?? Infinity);
		if (wanted === null || request.method === 'HEAD' || length < tooSmall || !hasWholeBody(response)) return;
		response.removeHeader('content-length');
		response.setHeader('content-encoding', wanted);
		weakenTag(response);
		packer = startPacking(wanted, response, own);
	};

	// Every way of answering comes through these three, node's own implicit header too.
	response.writeHead = new Proxy(own.writeHead, {
		apply(writeHead, self: ServerResponse, args: unknown[]) {
			const [status, ...rest] = args;
			for (const [name, value] of pairs(rest.find((arg) => typeof arg === 'object'))) self.setHeader(name, value);
			if (typeof status === 'number') self.statusCode = status;
			decide();
			return Reflect.apply(writeHead, self, [status, ...rest.filter((arg) => typeof arg === 'string')]);
		}
	});
	response.write = new Proxy(own.write, {
		apply(write, self: ServerResponse, args: unknown[]) {
			decide();
			return packer ? Reflect.apply(packer.write, packer, args) : Reflect.apply(write, self, args);
		}
	});
	response.end = new Proxy(own.end, {
		apply(end, self: ServerResponse, args: unknown[]) {
			const [last] = args;
			decide(typeof last === 'string' || last instanceof Uint8Array ? Buffer.byteLength(last) : 0);
			if (!packer) return Reflect.apply(end, self, args);
			Reflect.apply(packer.end, packer, args);
			return self;
		}
	});
}

/** Browsers say who caused a request, and no page can make them say otherwise; who says nothing must carry no session. */
function mayBePacked(request: IncomingMessage): boolean {
	const causedBy = request.headers['sec-fetch-site'];
	return causedBy === undefined ? request.headers.cookie === undefined : causedBy === 'same-origin' || causedBy === 'none';
}

/** The encoding to use: Brotli if it is accepted, else gzip, else none. */
export function acceptedEncoding(header: string | string[] | undefined): Encoding | null {
	const weights = new Map(
		String(header ?? '').split(',').map((each) => {
			const [name = '', ...parameters] = each.trim().toLowerCase().split(/\s*;\s*/);
			const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
			return [name, weight === undefined ? 1 : Number(weight)] as const;
		})
	);
	const accepted = (name: string): boolean => (weights.get(name) ?? 0) > 0;
	return accepted('br') ? 'br' : accepted('gzip') ? 'gzip' : null;
}

function hasWholeBody(response: ServerResponse): boolean {
	const { statusCode } = response;
	if (statusCode < 200 || statusCode === 204 || statusCode === 206 || statusCode === 304) return false;
	return !response.hasHeader('content-encoding') && !/no-transform/.test(String(response.getHeader('cache-control') ?? ''));
}

function addVary(response: ServerResponse): void {
	const vary = [response.getHeader('vary') ?? []].flat().map(String).join(', ');
	if (!/(?:^|,)\s*(?:accept-encoding|\*)\s*(?:,|$)/i.test(vary)) response.setHeader('vary', vary ? `${vary}, Accept-Encoding` : 'Accept-Encoding');
}

/** The packed bytes are others than those the tag was made for. */
function weakenTag(response: ServerResponse): void {
	const tag = response.getHeader('etag');
	if (typeof tag === 'string' && !tag.startsWith('W/')) response.setHeader('etag', `W/${tag}`);
}

function startPacking(encoding: Encoding, response: ServerResponse, own: Pick<ServerResponse, 'write' | 'end'>): Transform {
	const packer =
		encoding === 'br'
			? createBrotliCompress({
					flush: constants.BROTLI_OPERATION_FLUSH,
					params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT }
				})
			: createGzip({ level: 6, flush: constants.Z_SYNC_FLUSH });
	const sink = new Writable({
		write: (chunk: unknown, _, done) => void Reflect.apply(own.write, response, [chunk, done]),
		final: (done) => void Reflect.apply(own.end, response, [done])
	});
	packer.on('drain', () => response.emit('drain'));
	for (const stream of [packer, sink]) stream.on('error', () => response.destroy());
	// Who went away early: nothing more is to be packed.
	response.once('close', () => {
		packer.destroy();
		sink.destroy();
	});
	packer.pipe(sink);
	return packer;
}

const headerValue = z.union([z.string(), z.number(), z.array(z.string())]);
const givenHeaders = z.union([z.array(headerValue), z.record(z.string(), headerValue.optional())]);

/** Headers as handed to writeHead: an object, or a flat list of names and values. */
function pairs(given: unknown): [string, z.infer<typeof headerValue>][] {
	if (given === undefined || given === null) return [];
	const headers = givenHeaders.parse(given);
	if (!Array.isArray(headers)) return Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
	const result: [string, z.infer<typeof headerValue>][] = [];
	for (let index = 0; index < headers.length; index += 2) {
		const value = headers[index + 1];
		if (value !== undefined) result.push([String(headers[index]), headerValue.parse(value)]);
	}
	return result;
}
