import { once } from 'node:events';
import { createServer, request, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { acceptedEncoding, compressed } from './compression.ts';

const page = `<!doctype html>${'<p>Sheltered housing, within reach of a bus.</p>'.repeat(200)}`;

type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer };

async function ask(answer: RequestListener, headers: Record<string, string>, method = 'GET'): Promise<Answer> {
	const server = createServer((asked, response) => {
		compressed(asked, response);
		answer(asked, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	const answered = new Promise<Answer>((resolve, reject) => {
		const asking = request({ port, host: '127.0.0.1', method, headers, agent: false }, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
		});
		asking.once('error', reject);
		asking.end();
	});
	return answered.finally(() => server.close());
}

/** As the pages answer: headers set one by one, then written in pieces. */
const html: RequestListener = (_, response) => {
	response.setHeader('content-type', 'text/html');
	response.setHeader('content-length', Buffer.byteLength(page));
	response.setHeader('etag', '"abc"');
	response.setHeader('vary', 'Cookie');
	response.writeHead(200);
	response.write(page.slice(0, 3000));
	response.write(page.slice(3000));
	response.end();
};

const own = { 'sec-fetch-site': 'same-origin' };

describe('an answer that may be packed', () => {
	it('is packed with Brotli for who accepts it, and says so', async () => {
		const { headers, body } = await ask(html, { ...own, 'accept-encoding': 'gzip, deflate, br, zstd' });
		expect(headers['content-encoding']).toBe('br');
		expect(headers['vary']).toBe('Cookie, Accept-Encoding');
		expect(headers['etag']).toBe('W/"abc"');
		expect(headers['content-length']).toBeUndefined();
		expect(body.length).toBeLessThan(page.length / 20);
		expect(brotliDecompressSync(body).toString()).toBe(page);
	});

	it('is packed with gzip for who does not know Brotli', async () => {
		const { headers, body } = await ask(html, { ...own, 'accept-encoding': 'gzip' });
		expect(headers['content-encoding']).toBe('gzip');
		expect(gunzipSync(body).toString()).toBe(page);
	});

	it('is packed too when a door hands its headers over at once', async () => {
		const door: RequestListener = (_, response) => {
			response.writeHead(201, 'Made', { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': page.length }).end(page);
		};
		const { status, headers, body } = await ask(door, { 'accept-encoding': 'gzip' });
		expect(status).toBe(201);
		expect(headers['content-encoding']).toBe('gzip');
		expect(gunzipSync(body).toString()).toBe(page);
	});

	it('is packed too when node writes the headers by itself', async () => {
		const { headers, body } = await ask((_, response) => void response.setHeader('content-type', 'text/csv').end(page), { 'accept-encoding': 'br' });
		expect(brotliDecompressSync(body).toString()).toBe(page);
		expect(headers['content-encoding']).toBe('br');
	});

	it('arrives whole when it is large and written faster than it is read', async () => {
		const row = `${'Qashqadaryo;'.repeat(100)}${Math.random()}\n`;
		const rows = Array.from({ length: 5000 }, (_, index) => `${index}${row}`);
		const { body } = await ask(
			async (_, response) => {
				response.setHeader('content-type', 'text/csv');
				for (const each of rows) if (!response.write(each)) await new Promise((resolve) => response.once('drain', resolve));
				response.end();
			},
			{ 'accept-encoding': 'br' }
		);
		expect(brotliDecompressSync(body).toString()).toBe(rows.join(''));
	});
});

describe('an answer is sent as it is', () => {
	const whole = ({ headers, body }: Answer): void => {
		expect(headers['content-encoding']).toBeUndefined();
		expect(body.toString()).toBe(page);
	};

	it('to who accepts no packing, but others may be told apart', async () => {
		const answer = await ask(html, { ...own, 'accept-encoding': 'identity' });
		whole(answer);
		expect(answer.headers['vary']).toContain('Accept-Encoding');
		expect(answer.headers['content-length']).toBe(String(page.length));
	});

	it('when another site made the browser ask: its length must not tell what stands in it', async () => {
		whole(await ask(html, { 'accept-encoding': 'br', 'sec-fetch-site': 'cross-site' }));
		whole(await ask(html, { 'accept-encoding': 'br', 'sec-fetch-site': 'same-site' }));
	});

	it('when a session is sent along and the browser does not say who asks', async () => {
		whole(await ask(html, { 'accept-encoding': 'br', cookie: 'hamkor_session=x' }));
	});

	it('when it is short, a picture, packed already, or a part', async () => {
		const sent = async (headers: Record<string, string>, status = 200, body = page): Promise<string | string[] | undefined> =>
			(await ask((_, response) => void response.writeHead(status, headers).end(body), { 'accept-encoding': 'br' })).headers['content-encoding'];
		expect(await sent({ 'content-type': 'text/plain', 'content-length': '5' }, 200, 'short')).toBeUndefined();
		expect(await sent({ 'content-type': 'image/png' })).toBeUndefined();
		expect(await sent({ 'content-type': 'text/css', 'content-encoding': 'gzip' })).toBe('gzip');
		expect(await sent({ 'content-type': 'text/plain' }, 206)).toBeUndefined();
		expect(await sent({ 'content-type': 'text/plain', 'cache-control': 'private, no-transform' })).toBeUndefined();
	});

	it('when only its headers are asked for', async () => {
		const { headers, body } = await ask(html, { ...own, 'accept-encoding': 'br' }, 'HEAD');
		expect(headers['content-length']).toBe(String(page.length));
		expect(body).toHaveLength(0);
	});
});

describe('who goes away while an answer is being packed', () => {
	it('is no fault of the program, whenever the line breaks', async () => {
		const large = Array.from({ length: 20_000 }, () => Math.random().toString(36)).join(' ');
		const server = createServer((asked, response) => {
			compressed(asked, response);
			response.setHeader('content-type', 'text/html');
			response.write(large.slice(0, 2000));
			setTimeout(() => response.end(large), 2);
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const address = server.address();
		const faults: unknown[] = [];
		const caught = (fault: unknown): number => faults.push(fault);
		// As in the program: what nobody catches ends it. Vitest's own listeners would end the run.
		const others = process.listeners('uncaughtException');
		process.removeAllListeners('uncaughtException').on('uncaughtException', caught);
		for (let n = 0; n < 400; n++) {
			const line = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1');
			line.on('error', () => {});
			line.write('GET / HTTP/1.1\r\nhost: x\r\naccept-encoding: br\r\n\r\n');
			setTimeout(() => (n % 2 ? line.resetAndDestroy() : line.destroy()), Math.random() * 25);
			await once(line, 'close');
		}
		process.off('uncaughtException', caught);
		for (const other of others) process.on('uncaughtException', other);
		await new Promise((resolve) => server.close(resolve));
		expect(faults).toEqual([]);
	});
});

it('reads what an Accept-Encoding header prefers and forbids', () => {
	expect(acceptedEncoding('gzip;q=1.0, br;q=0.1')).toBe('br');
	expect(acceptedEncoding('br;q=0, gzip')).toBe('gzip');
	expect(acceptedEncoding('br; q=0 , gzip ; q=0')).toBeNull();
	expect(acceptedEncoding(undefined)).toBeNull();
});
