import { createHash } from 'node:crypto';
import http from 'node:http';
import pg from 'pg';
import { SaxesParser } from 'saxes';
import { newId } from '#platform/ids.ts';

/**
 * The least that a server could do and still be honest: plain HTTP, a strict look at the XML, one durable statement without
 * row security. A process of its own; prints its port.
 */
const pool = new pg.Pool({ host: process.argv[2] ?? '', user: 'hamkor', database: 'hamkor', max: 12, idleTimeoutMillis: 50 });

function instanceOf(xml: string): string {
	const parser = new SaxesParser();
	let path = '';
	let found = '';
	parser.on('error', (error) => {
		throw error;
	});
	parser.on('opentag', (tag) => (path = tag.name));
	parser.on('text', (text) => {
		if (path === 'orx:instanceID') found += text;
	});
	parser.write(xml).close();
	return found.trim();
}

const server = http.createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const body = Buffer.concat(chunks);
		const xml = body.toString('utf8');
		pool.query({
			name: 'minimal',
			text: 'insert into bench.minimal (id, instance_id, xml, xml_sha256) values ($1, $2, $3, $4) on conflict (instance_id) do nothing',
			values: [newId(), instanceOf(xml), xml, createHash('sha256').update(body).digest()]
		}).then(
			() => response.writeHead(201).end(),
			() => response.writeHead(500).end()
		);
	});
});
server.listen(0, '127.0.0.1', () => {
	const address = server.address();
	process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
process.once('disconnect', () => process.exit(0));
