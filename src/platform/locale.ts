/** The five locales, base first. `kaa` is Karakalpak in the Latin alphabet of 2016. */
export const locales = ['uz', 'uz-Cyrl', 'ru', 'kaa', 'en'] as const;

export type Locale = (typeof locales)[number];

export const baseLocale: Locale = 'uz';

export type LocaleFacts = {
	/** The language's name in itself. */
	name: string;
	/** BCP 47 tag for `lang=`, with the script where a reader or a screen reader needs it. */
	lang: string;
	dir: 'ltr';
	/** A tag that Intl knows for numbers and dates; Intl knows no Karakalpak, months come from messages there. */
	intl: string;
};

export const localeFacts: Record<Locale, LocaleFacts> = {
	uz: { name: 'Oʻzbekcha', lang: 'uz-Latn', dir: 'ltr', intl: 'uz-Latn-UZ' },
	'uz-Cyrl': { name: 'Ўзбекча', lang: 'uz-Cyrl', dir: 'ltr', intl: 'uz-Cyrl-UZ' },
	ru: { name: 'Русский', lang: 'ru', dir: 'ltr', intl: 'ru-RU' },
	kaa: { name: 'Qaraqalpaqsha', lang: 'kaa-Latn', dir: 'ltr', intl: 'uz-Latn-UZ' },
	en: { name: 'English', lang: 'en', dir: 'ltr', intl: 'en-GB' }
};

/**
 * Where content is read from when it is missing in the locale asked for. The two Uzbek scripts stand next to each
 * other because one is turned into the other; after them comes what most readers in the country also read.
 */
export const fallbackChain: Record<Locale, readonly Locale[]> = {
	uz: ['uz', 'uz-Cyrl', 'ru', 'en', 'kaa'],
	'uz-Cyrl': ['uz-Cyrl', 'uz', 'ru', 'en', 'kaa'],
	ru: ['ru', 'uz', 'uz-Cyrl', 'en', 'kaa'],
	kaa: ['kaa', 'uz', 'uz-Cyrl', 'ru', 'en'],
	en: ['en', 'ru', 'uz', 'uz-Cyrl', 'kaa']
};

export function isLocale(value: unknown): value is Locale {
	return typeof value === 'string' && locales.some((locale) => locale === value);
}

/** A language range of an Accept-Language header, read as one of ours; undefined when we do not speak it. */
function localeOfRange(range: string): Locale | undefined {
	const [language, ...subtags] = range.toLowerCase().split('-');
	if (language === 'uz') return subtags.includes('cyrl') ? 'uz-Cyrl' : 'uz';
	return isLocale(language) ? language : undefined;
}

/**
 * The best of the five for an `Accept-Language` header: the highest weight wins, the earlier one among equals, and
 * the base locale (Uzbek in Latin) when nothing fits. A range with weight 0 is refused by the reader and never chosen.
 */
export function pickLocale(acceptLanguage: string | null | undefined): Locale {
	let best: { locale: Locale; weight: number } | undefined;
	// A header longer than this is not written by a browser; what stands behind it is not worth the time.
	for (const part of (acceptLanguage ?? '').slice(0, 1000).split(',')) {
		const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim());
		const q = parameters.find((parameter) => parameter.toLowerCase().startsWith('q='));
		const weight = q === undefined ? 1 : Number(q.slice(2));
		const locale = localeOfRange(range);
		if (locale === undefined || !(weight > 0 && weight <= 1)) continue;
		if (best === undefined || weight > best.weight) best = { locale, weight };
	}
	return best?.locale ?? baseLocale;
}
