import http from 'node:http';
import { afterAll, beforeAll } from 'vitest';
import { z } from 'zod';
import { readSettings } from '#platform/settings.ts';
import { makeServer } from '#server/http.ts';

/** The real server with its doors, and nothing behind them. */
export type DoorServer = { readonly base: string };

const bound = z.object({ port: z.number() });

/** Starts the doors for the tests of a file, with settings of its own. Call once at the top, after `useDatabase()`. */
export function useDoors(chosen: Readonly<Record<string, string>> = {}): DoorServer {
	const server = { base: '' };
	let running: http.Server | undefined;
	beforeAll(async () => {
		running = makeServer(readSettings({ ...process.env, PORT: '0', ...chosen }), (_request, response) => void response.writeHead(404).end('no door'));
		await new Promise<void>((resolve) => running?.listen(0, '127.0.0.1', resolve));
		server.base = `http://127.0.0.1:${bound.parse(running?.address()).port}`;
	});
	afterAll(() => new Promise<void>((resolve) => (running ? void running.close(() => resolve()) : resolve())));
	return server;
}

export type Answer = { readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly rawHeaders: readonly string[]; readonly body: string };

/** One exchange as a client without manners of its own would have it: what is given is sent, and nothing else. */
export function exchange(
	base: string,
	method: string,
	path: string,
	{ headers = {}, body }: { headers?: Record<string, string>; body?: Buffer | string } = {}
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const request = http.request(base + path, { method, headers: { 'x-openrosa-version': '1.0', ...headers }, agent: false }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () =>
				resolve({ status: response.statusCode ?? 0, headers: response.headers, rawHeaders: response.rawHeaders, body: Buffer.concat(chunks).toString('utf8') })
			);
		});
		request.on('error', reject);
		request.end(body);
	});
}

/** A part of a multipart body, as Collect writes it: UTF-8 in the file name, as it is. */
export type Part = { readonly name: string; readonly filename?: string; readonly type?: string; readonly content: Buffer | string };

const boundary = 'b0undary-of-a-collection-app';

/** Builds a multipart body with its content type. */
export function multipart(parts: readonly Part[], end = `--${boundary}--\r\n`): { headers: Record<string, string>; body: Buffer } {
	const pieces = parts.flatMap(({ name, filename, type, content }) => [
		Buffer.from(
			`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n` +
				`${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`
		),
		Buffer.from(content),
		Buffer.from('\r\n')
	]);
	const body = Buffer.concat([...pieces, Buffer.from(end)]);
	return { headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': String(body.length) }, body };
}

/** A submission alone. */
export const xmlPart = (xml: string | Buffer): Part => ({ name: 'xml_submission_file', filename: 'submission.xml', type: 'text/xml', content: xml });
