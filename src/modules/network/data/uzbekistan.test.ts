import { describe, expect, it } from 'vitest';
import { locales } from '#platform/locales.ts';
import { toCyrillic, toLatin } from '#platform/transliterate.ts';
import { uzbekistan } from './uzbekistan.ts';

describe('the first-level units of Uzbekistan', () => {
	it('are 14: one republic, 12 viloyats and a city', () => {
		const kinds = uzbekistan.map(({ kind }) => kind);
		expect(uzbekistan).toHaveLength(14);
		expect(kinds.filter((kind) => kind === 'viloyat')).toHaveLength(12);
		expect(uzbekistan.find(({ kind }) => kind === 'republic')?.code).toBe('UZ-QR');
		expect(uzbekistan.find(({ kind }) => kind === 'city')?.code).toBe('UZ-TK');
	});

	it('have the codes of ISO 3166-2, each once', () => {
		expect(uzbekistan.map(({ code }) => code.slice(3)).sort().join(' ')).toBe('AN BU FA JI NG NW QA QR SA SI SU TK TO XO');
		expect(uzbekistan.every(({ code }) => code.startsWith('UZ-'))).toBe(true);
	});

	it.each(uzbekistan.map(({ code, name }) => ({ code, name })))('$code is named in five languages, Uzbek in agreeing scripts', ({ name }) => {
		for (const locale of locales) expect(name[locale]).not.toBe('');
		expect(toCyrillic(name.uz)).toBe(name['uz-Cyrl']);
		expect(toLatin(name['uz-Cyrl'])).toBe(name.uz);
	});
});
