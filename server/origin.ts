import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, type Socket } from 'node:net';
import type { Settings } from '#platform/settings.ts';

/** How a request came in, as far as we believe it. */
export type Arrival = {
	protocol: 'http' | 'https';
	/** Host and port as the browser knows them, or null when the name is not one of ours. */
	host: string | null;
	/** From this machine itself, with no proxy in between. */
	direct: boolean;
};

/** Headers that a proxy sets. From anyone but a trusted proxy they are somebody's claim. */
const claims = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Reads where a request came from and makes its headers say so: `x-forwarded-proto` and `x-forwarded-host` become ours to set,
 * and nothing of an untrusted sender's claims is left. Without a fixed origin only this machine's own names are answered to,
 * so that a foreign page cannot reach the program by pointing its own name here.
 */
export function makeArrivals(settings: Settings): (request: IncomingMessage) => Arrival {
	const trusted = trustedProxies(settings.HAMKOR_TRUSTED_PROXY);
	const fixed = settings.HAMKOR_ORIGIN === undefined ? null : new URL(settings.HAMKOR_ORIGIN);
	const ownTls = settings.HAMKOR_TLS_CERT !== undefined;
	return (request) => {
		const behindProxy = isTrusted(request.socket, trusted);
		const claimed = claims.some((name) => request.headers[name] !== undefined);
		const said = behindProxy ? first(request.headers['x-forwarded-proto']) : undefined;
		const saidHost = behindProxy ? first(request.headers['x-forwarded-host']) : undefined;
		const secure = ownTls || said === 'https' || (behindProxy && fixed?.protocol === 'https:');
		const host = fixed ? fixed.host : acceptable(saidHost ?? request.headers.host, settings, behindProxy);
		const protocol = (fixed ? fixed.protocol === 'https:' : secure) ? 'https' : 'http';
		for (const name of claims) delete request.headers[name];
		for (const name of Object.keys(request.headers)) if (name.startsWith('x-hamkor-')) delete request.headers[name];
		request.headers['x-forwarded-proto'] = protocol;
		if (host !== null) request.headers['x-forwarded-host'] = host;
		const direct = !claimed && request.headers['via'] === undefined && isLoopback(request.socket.remoteAddress);
		request.headers['x-hamkor-direct'] = direct ? '1' : '0';
		return { protocol: secure ? 'https' : 'http', host, direct };
	};
}

const first = (value: string | string[] | undefined): string | undefined =>
	(Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();

function acceptable(host: string | undefined, settings: Settings, behindProxy: boolean): string | null {
	if (host === undefined || !/^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?$/.test(host)) return null;
	const name = host.replace(/:\d+$/, '').toLowerCase();
	const bare = name.replace(/^\[|\]$/g, '');
	const own = name === 'localhost' || name.endsWith('.localhost') || isIP(bare) !== 0 || name === settings.HOST.toLowerCase();
	return own || behindProxy ? host : null;
}

function trustedProxies(networks: readonly string[]): BlockList {
	const list = new BlockList();
	for (const network of networks) {
		const [address = '', bits] = network.split('/');
		const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
		if (bits === undefined) list.addAddress(address, family);
		else list.addSubnet(address, Number(bits), family);
	}
	return list;
}

function isTrusted({ remoteAddress }: Socket, trusted: BlockList): boolean {
	const address = plain(remoteAddress);
	return address !== '' && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

const isLoopback = (address: string | undefined): boolean => /^(?:127\.|::1$)/.test(plain(address));

/** An IPv4 address may come wrapped as IPv6. */
const plain = (address: string | undefined): string => (address ?? '').replace(/^::ffff:(?=\d+\.)/, '');
