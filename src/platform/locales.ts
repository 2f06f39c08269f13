import { z } from 'zod';
import { fallbackChain, locales, type Locale } from '#platform/locale.ts';
import { toCyrillic, toLatin } from '#platform/transliterate.ts';

// The locales themselves stand apart from the schemas, so that a page with script need not carry these along.
export { baseLocale, fallbackChain, isLocale, localeFacts, locales, pickLocale, type Locale, type LocaleFacts } from '#platform/locale.ts';

/** Content in several languages: what was written, by locale. A missing locale is simply not written yet. */
export type LocalText = Partial<Record<Locale, string>>;

/**
 * A zod schema for content fields in several languages: values trimmed, blank ones dropped, at least one left.
 *
 * @param maxLength longest text allowed in one language, in UTF-16 units.
 */
export function localTextOf(maxLength: number) {
	const text = z.string().trim().max(maxLength).optional();
	return z
		.strictObject({ uz: text, 'uz-Cyrl': text, ru: text, kaa: text, en: text })
		.transform((value) => {
			const kept: LocalText = {};
			for (const locale of locales) {
				const written = value[locale];
				if (written !== undefined && written !== '') kept[locale] = written;
			}
			return kept;
		})
		.refine((value) => Object.keys(value).length > 0, { message: 'local-text.empty' });
}

/** Content of up to 4,000 characters a language: titles, statements, short texts. */
export const localTextSchema = localTextOf(4000);

/** What a reader sees of a content field. */
export type ShownText = {
	text: string;
	/** The language the text is in, for its `lang` attribute. */
	locale: Locale;
	/** True when it is another language than the one asked for, which the page must then say. */
	fallback: boolean;
};

/**
 * The text of a content field for a reader of `locale`.
 *
 * Uzbek missing in one script is transliterated from the other: the same language, so not counted as a fallback.
 * Otherwise the languages of {@link fallbackChain} are tried in order, and the answer says so.
 * A field with no text at all gives an empty text.
 */
export function localText(value: LocalText, locale: Locale): ShownText {
	for (const candidate of fallbackChain[locale]) {
		const text = value[candidate];
		if (text === undefined || text === '') continue;
		if (locale === 'uz' && candidate === 'uz-Cyrl') return { text: toLatin(text), locale, fallback: false };
		if (locale === 'uz-Cyrl' && candidate === 'uz') return { text: toCyrillic(text), locale, fallback: false };
		return { text, locale: candidate, fallback: candidate !== locale };
	}
	return { text: '', locale, fallback: false };
}
