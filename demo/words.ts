import type { LocalText } from '#platform/locales.ts';
import { toCyrillic } from '#platform/transliterate.ts';

/** A text in all five languages: four written, Uzbek Cyrillic made from Uzbek Latin. */
export type FiveLanguages = Required<LocalText>;

/** Writes a text in the four languages given and adds the fifth. */
export function words(uz: string, ru: string, kaa: string, en: string): FiveLanguages {
	return { uz, 'uz-Cyrl': toCyrillic(uz), ru, kaa, en };
}
