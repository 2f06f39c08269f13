import { Agent, request } from 'node:http';
import { measuredBody, measuredType, measuredXml } from './form.ts';

/** What to send: to a loopback address alone, a stated number of times. */
export type Order = {
	readonly url: string;
	/** Plain XML instead of multipart, for the minimal server. */
	readonly plain: boolean;
	readonly connections: number;
	readonly count: number;
	/** Every post the same submission. */
	readonly same: boolean;
};

export type Outcome = { readonly seconds: number; readonly good: number; readonly statuses: Readonly<Record<string, number>>; readonly p95: number };

/** Sends an order over connections that are kept open, each one post after the other. */
export async function carryOut(order: Order): Promise<Outcome> {
	const url = new URL(order.url);
	if (url.hostname !== '127.0.0.1') throw new Error('the load goes to this machine alone');
	const agent = new Agent({ keepAlive: true, maxSockets: order.connections });
	const xmls = Array.from({ length: order.same ? 1 : order.count }, () => measuredXml());
	const bodies = xmls.map((xml) => (order.plain ? Buffer.from(xml) : measuredBody(xml)));
	const statuses: Record<string, number> = {};
	const times: number[] = [];
	let next = 0;
	const post = (body: Buffer): Promise<number> =>
		new Promise((resolve, reject) => {
			const sending = request(
				url,
				{ method: 'POST', agent, headers: { 'content-type': order.plain ? 'text/xml' : measuredType, 'content-length': body.length, 'x-openrosa-version': '1.0' } },
				(response) => {
					response.resume();
					response.on('end', () => resolve(response.statusCode ?? 0));
					response.on('error', reject);
				}
			);
			sending.on('error', reject);
			sending.end(body);
		});
	const line = async (): Promise<void> => {
		while (next < order.count) {
			const body = bodies[order.same ? 0 : next];
			next += 1;
			if (body === undefined) return;
			const before = performance.now();
			const status = String(await post(body));
			times.push(performance.now() - before);
			statuses[status] = (statuses[status] ?? 0) + 1;
		}
	};
	const started = performance.now();
	await Promise.all(Array.from({ length: order.connections }, line));
	const seconds = (performance.now() - started) / 1000;
	agent.destroy();
	times.sort((a, b) => a - b);
	return { seconds, good: statuses['201'] ?? 0, statuses, p95: times[Math.floor(times.length * 0.95)] ?? 0 };
}

// As a process of its own: orders in, outcomes out.
if (process.argv[1] === import.meta.filename) {
	process.on('message', (order: Order) => {
		carryOut(order).then(
			(outcome) => process.send?.(outcome),
			(error: unknown) => {
				console.error(error);
				process.exit(1);
			}
		);
	});
}
