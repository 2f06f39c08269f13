import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newSignInName } from './account.ts';
import { knownDevice, rememberDevice } from './device.server.ts';
import { deviceLabel } from './device-label.ts';
import { atThisMachine, type Caller } from './demonstration.server.ts';
import { demandStrength, hashPassword, passwordFits } from './password.server.ts';
import { safePath } from './safe-path.ts';
import { seal, unseal } from './seal.server.ts';
import { decide, limits, longestDelay } from './throttle.ts';

const wrong = fc.record({
	device: fc.record({ quarter: fc.nat(100), day: fc.nat(limits.deviceDay - 1) }),
	name: fc.nat(100_000),
	all: fc.nat(10_000_000)
});

describe('throttling', () => {
	it('never refuses a device that has its own budget left, whatever happens elsewhere, and never delays it for others', () => {
		fc.assert(
			fc.property(wrong, (counts) => {
				const verdict = decide(counts, { known: true, code: false });
				expect(verdict).toEqual(decide({ ...counts, name: 0, all: 0 }, { known: true, code: false }));
				expect(verdict.go && verdict.delay <= longestDelay).toBe(true);
			})
		);
	});
	it('never stands in the way of a printed code', () => {
		fc.assert(fc.property(wrong, fc.boolean(), (counts, known) => void expect(decide(counts, { known, code: true })).toEqual({ go: true, delay: 0 })));
	});
	it('never lets more guesses through when more were wrong', () => {
		fc.assert(
			fc.property(wrong, fc.nat(50), fc.nat(50), (counts, more, others) => {
				const now = decide(counts, { known: false, code: false });
				const then = decide({ ...counts, name: counts.name + more, all: counts.all + others }, { known: false, code: false });
				if (!now.go) expect(then.go).toBe(false);
				else if (then.go) expect(then.delay).toBeGreaterThanOrEqual(now.delay);
			})
		);
	});
	it('takes a device for any other after fifty wrong attempts of its own in a day', () => {
		const spent = { device: { quarter: 0, day: limits.deviceDay }, name: limits.name, all: 0 };
		expect(decide(spent, { known: true, code: false }).go).toBe(false);
	});
});

describe('where to go after signing in', () => {
	it.each(['https://evil.example', '//evil.example', '/\\evil.example', '\\\\evil.example', 'javascript:alert(1)', '/\t/evil.example', '/a\n', 'uz/gaps', '', '/..//evil.example', null])('is the first page for %j', (to) => {
		expect(safePath(to)).toBe('/');
	});
	it('is a path of this site with its query', () => {
		expect(safePath('/uz/p/1?q=a%20b')).toBe('/uz/p/1?q=a%20b');
	});
	it('never leaves this site, whatever is asked', () => {
		fc.assert(
			fc.property(fc.string(), fc.webUrl(), fc.constantFrom('', '/', '//', '/\\', '/%5c', ' /', '/./', '/@'), (text, url, start) => {
				for (const to of [start + text, start + url]) {
					const origin = new URL(safePath(to), 'https://here.example').origin;
					expect(origin).toBe('https://here.example');
				}
			})
		);
	});
});

describe('the demonstration’s sign-in', () => {
	const here: Caller = { address: '127.0.0.1', hostname: 'localhost', direct: true, behindProxy: false };
	it.each([here, { ...here, address: '::1', hostname: '[::1]' }, { ...here, address: '::ffff:127.0.0.1', hostname: '127.0.0.1' }])('is there for who sits at this machine: %o', (caller) => {
		expect(atThisMachine(caller)).toBe(true);
	});
	it.each([
		['from another machine', { ...here, address: '192.168.1.5' }],
		['from an address that only looks like this machine', { ...here, address: '127.0.0.1.evil' }],
		['from a mapped address of another machine', { ...here, address: '::ffff:10.0.0.1' }],
		['under another name, pointed here', { ...here, hostname: 'evil.example' }],
		['under a name that only begins like this machine’s', { ...here, hostname: 'localhost.evil.example' }],
		['with the mark of a proxy', { ...here, direct: false }],
		['where a proxy is set up', { ...here, behindProxy: true }]
	] as const)('is not there %s', (_, caller) => {
		expect(atThisMachine(caller)).toBe(false);
	});
});

describe('a known device', () => {
	it('is known for the names that have signed in there, and for no other', () => {
		let cookie: string | undefined;
		for (const name of ['nodira', 'gulnora', 'бахтиёр']) cookie = rememberDevice(cookie, name);
		for (const name of ['nodira', 'gulnora', 'бахтиёр']) expect(knownDevice(cookie, name)).not.toBeNull();
		expect(knownDevice(cookie, 'somebody else')).toBeNull();
		expect(cookie).not.toContain('nodira');
	});
	it('cannot be made up', () => {
		fc.assert(fc.property(fc.string(), (cookie) => void expect(knownDevice(cookie, 'nodira')).toBeNull()));
	});
	it('is shown by browser and system alone', () => {
		expect(deviceLabel('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe('Firefox, Linux');
		expect(deviceLabel('Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36')).toBe('Chrome, Android');
		expect(deviceLabel(null)).toBe('');
	});
});

describe('a password', () => {
	it('fits its own hash, in whatever form its letters were typed, and no other', async () => {
		const hash = await hashPassword('choʻl café yoʻli');
		expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
		expect(await passwordFits('choʻl cafe\u0301 yoʻli', hash)).toBe(true);
		expect(await passwordFits('choʻl cafe yoʻli', hash)).toBe(false);
		expect(await passwordFits('', null)).toBe(false);
		expect(await hashPassword('choʻl café yoʻli')).not.toBe(hash);
	});
	it.each(['aaaaaaaaaaaa', 'password12345', 'nodira-nodira', 'qwertyqwerty1'])('is refused when it is guessed first: %s', (easy) => {
		expect(() => demandStrength(easy, 'nodira')).toThrow('password.easy');
	});
	it('passes as a phrase', () => {
		expect(() => demandStrength('toʻrt oq ot choʻlda', 'nodira')).not.toThrow();
	});
});

describe('what is sealed', () => {
	it('opens for its purpose only, and not when it was changed', () => {
		const sealed = seal('totp', 'JBSWY3DPEHPK3PXP');
		expect(unseal('totp', sealed)).toBe('JBSWY3DPEHPK3PXP');
		expect(unseal('ticket second-factor', sealed)).toBeNull();
		for (const at of [0, 12, 28]) {
			const changed = Buffer.from(sealed);
			changed[at] = (changed[at] ?? 0) ^ 1;
			expect(unseal('totp', changed)).toBeNull();
		}
		expect(unseal('totp', Buffer.alloc(5))).toBeNull();
	});
});

describe('a sign-in name', () => {
	it('is kept in small letters, in any script', () => {
		expect(newSignInName.parse('  Гулнора.Қ ')).toBe('гулнора.қ');
		for (const refused of ['ab', 'two words', '<b>bold</b>', '']) expect(newSignInName.safeParse(refused).success).toBe(false);
	});
});
