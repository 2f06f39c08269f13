import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { readSettings } from '#platform/settings.ts';
import { makeArrivals, type Arrival } from './origin.ts';

type Asked = { from?: string; settings?: Record<string, string>; headers: Record<string, string> };

/** How a request with these headers arrives, and what its headers say afterwards. */
function arrive({ from = '127.0.0.1', settings = {}, headers }: Asked): { arrival: Arrival; headers: NodeJS.Dict<string | string[]> } {
	const socket = new Socket();
	Object.defineProperty(socket, 'remoteAddress', { value: from });
	const request = new IncomingMessage(socket);
	Object.assign(request.headers, headers);
	return { arrival: makeArrivals(readSettings(settings))(request), headers: request.headers };
}

const proxied = { HAMKOR_TRUSTED_PROXY: '10.0.0.0/8,::1' };
const claim = { host: 'localhost:3000', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'hamkor.example.org' };

describe('without a fixed origin', () => {
	it.each(['localhost:3000', '127.0.0.1', '[::1]:3000', 'office.localhost', '192.168.1.5:3000'])('answers to %s', (host) => {
		expect(arrive({ headers: { host } }).arrival.host).toBe(host);
	});

	it.each(['evil.example', 'localhost.evil.example', 'localhost/evil', 'a b', ''])('does not answer to "%s"', (host) => {
		expect(arrive({ headers: { host } }).arrival.host).toBeNull();
	});
});

describe('what a proxy says', () => {
	it('is believed from a trusted one', () => {
		const { arrival, headers } = arrive({ from: '10.1.2.3', settings: proxied, headers: claim });
		expect(arrival).toEqual({ protocol: 'https', host: 'hamkor.example.org', direct: false });
		expect(headers['x-forwarded-proto']).toBe('https');
	});

	it('is believed from a trusted one whose address comes wrapped as IPv6', () => {
		expect(arrive({ from: '::ffff:10.1.2.3', settings: proxied, headers: claim }).arrival.protocol).toBe('https');
	});

	it('is nothing from anyone else, and the claims are gone', () => {
		const { arrival, headers } = arrive({ from: '11.1.2.3', settings: proxied, headers: { ...claim, 'x-real-ip': '1.2.3.4', forwarded: 'for=1.2.3.4' } });
		expect(arrival).toEqual({ protocol: 'http', host: 'localhost:3000', direct: false });
		expect(headers['x-forwarded-proto']).toBe('http');
		expect(headers['x-forwarded-host']).toBe('localhost:3000');
		expect(headers['x-real-ip'] ?? headers['forwarded']).toBeUndefined();
	});
});

describe('a fixed origin', () => {
	it('is what pages are told, whatever name was used', () => {
		const { headers } = arrive({ settings: { HAMKOR_ORIGIN: 'https://hamkor.example.org' }, headers: { host: 'evil.example' } });
		expect(headers['x-forwarded-host']).toBe('hamkor.example.org');
		expect(headers['x-forwarded-proto']).toBe('https');
	});
});

describe('a request from this machine itself', () => {
	it('is direct', () => {
		expect(arrive({ headers: { host: 'localhost' } }).headers['x-hamkor-direct']).toBe('1');
	});

	it.each([{ 'x-forwarded-for': '1.2.3.4' }, { via: '1.1 proxy' }, { forwarded: 'for=1.2.3.4' }])('is not direct with %o', (header) => {
		expect(arrive({ headers: { host: 'localhost', ...header } }).arrival.direct).toBe(false);
	});

	it('is not direct because it says so', () => {
		const { headers } = arrive({ from: '192.168.1.9', headers: { host: 'localhost', 'x-hamkor-direct': '1', 'x-hamkor-other': '1' } });
		expect(headers['x-hamkor-direct']).toBe('0');
		expect(headers['x-hamkor-other']).toBeUndefined();
	});
});
