import { describe, expect, it } from 'vitest';
import { keptBody } from './kept-forms.server.ts';
import { typedValues } from './request.server.ts';

const form = (...fields: [string, string][]): FormData => {
	const sent = new FormData();
	for (const [name, value] of fields) sent.append(name, value);
	return sent;
};

describe('what was typed', () => {
	it('is shown again without passwords and passphrases, whatever the page', () => {
		const typed = form(['password', 'x'], ['new-password', 'x'], ['passphrase', 'x'], ['rescue-passphrase', 'x'], ['secret', 'x'], ['signInName', 'dilnoza']);
		for (const page of ['/sign-in', '/p/1/network/people/invite']) expect(typedValues(typed, page)).toEqual({ signInName: 'dilnoza' });
	});
	it('loses a one-time code where somebody signs in, and keeps the code of a place or a coder in a programme', () => {
		expect(typedValues(form(['code', '123456']), '/sign-in/second')).toEqual({});
		expect(typedValues(form(['code', '123456']), '/account/totp')).toEqual({});
		const typed = form(['code', 'UZ-JI'], ['codes', 'a'], ['codes', 'b'], ['codebook', 'k'], ['coder', 'c'], ['decoded', 'd'], ['secretariat', 'e']);
		expect(typedValues(typed, '/p/1/places/new')).toEqual({ code: 'UZ-JI', codes: ['a', 'b'], codebook: 'k', coder: 'c', decoded: 'd', secretariat: 'e' });
	});
	it('is kept while it is typed by the same rule', () => {
		expect(keptBody.safeParse([['code', 'UZ-JI'], ['codes', 'a']]).success).toBe(true);
		for (const name of ['password', 'new-password', 'passphrase', 'secret']) expect([name, keptBody.safeParse([[name, 'x']]).success]).toEqual([name, false]);
	});
});
