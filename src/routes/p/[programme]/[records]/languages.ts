import { localeFacts, locales } from '#platform/locales.ts';

/** The languages content is written in, each by its own name. Uzbek in Cyrillic is read from Uzbek in Latin. */
export const contentLanguages = locales.map((locale) => ({ locale, label: localeFacts[locale].name }));
