import { describe, expect, it } from 'vitest';
import { fallbackChain, isLocale, localText, localTextOf, localTextSchema, locales, pickLocale } from './locales.ts';

describe('the locale a browser asks for', () => {
	it.each([
		['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
		['de, en;q=0.7, ru;q=0.9', 'ru'],
		['uz-Cyrl-UZ, uz;q=0.9', 'uz-Cyrl'],
		['uz-Latn', 'uz'],
		['UZ', 'uz'],
		['kaa, uz;q=0.5', 'kaa'],
		['en;q=0, ru;q=0.1', 'ru'],
		['en;q=nonsense, ru;q=0.1', 'ru'],
		['fr, de', 'uz'],
		['', 'uz'],
		[null, 'uz'],
		[undefined, 'uz']
	])('%s is answered in %s', (header, expected) => {
		expect(pickLocale(header)).toBe(expected);
	});

	it('does not mistake an unknown tag for a locale', () => {
		expect(isLocale('uz-Arab')).toBe(false);
		expect(isLocale('toString')).toBe(false);
		expect(isLocale('kaa')).toBe(true);
	});
});

describe('content in several languages', () => {
	it('tries every locale, its own first', () => {
		for (const locale of locales) {
			expect(fallbackChain[locale][0]).toBe(locale);
			expect([...fallbackChain[locale]].sort()).toEqual([...locales].sort());
		}
	});

	it('is shown in the language asked for when it is there', () => {
		expect(localText({ ru: 'Приют', en: 'Shelter' }, 'en')).toEqual({ text: 'Shelter', locale: 'en', fallback: false });
	});

	it('turns one Uzbek script into the other, which is no fallback', () => {
		expect(localText({ uz: 'Boshpana', ru: 'Приют' }, 'uz-Cyrl')).toEqual({ text: 'Бошпана', locale: 'uz-Cyrl', fallback: false });
		expect(localText({ 'uz-Cyrl': 'Ғамхўрлик' }, 'uz')).toEqual({ text: 'Gʻamxoʻrlik', locale: 'uz', fallback: false });
	});

	it('says when another language stands in', () => {
		expect(localText({ en: 'Shelter' }, 'uz')).toEqual({ text: 'Shelter', locale: 'en', fallback: true });
		expect(localText({ uz: 'Boshpana' }, 'kaa')).toEqual({ text: 'Boshpana', locale: 'uz', fallback: true });
	});

	it('is empty when nothing is written', () => {
		expect(localText({}, 'ru')).toEqual({ text: '', locale: 'ru', fallback: false });
	});

	it('is trimmed, and blank languages are dropped', () => {
		expect(localTextSchema.parse({ uz: '  Boshpana ', ru: '   ' })).toEqual({ uz: 'Boshpana' });
	});

	it.each([[{}], [{ uz: ' ' }], [{ de: 'Schutz' }], [{ uz: 'x'.repeat(4001) }], [{ uz: 5 }], ['Boshpana']])(
		'refuses %j',
		(value) => {
			expect(localTextSchema.safeParse(value).success).toBe(false);
		}
	);

	it('has the length the field allows', () => {
		expect(localTextOf(3).safeParse({ en: 'abc' }).success).toBe(true);
		expect(localTextOf(3).safeParse({ en: 'abcd' }).success).toBe(false);
	});
});
