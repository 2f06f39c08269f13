import { fallbackChain, isLocale } from '#platform/locale.ts';
import { toCyrillic, toLatin } from '#platform/transliterate.ts';
import type { Instrument } from '#xforms/instrument.ts';

/** A language in which labels can be had: its key, its name, and whether it is made from the other script of Uzbek. */
export type LabelLanguage = { readonly key: string; readonly name: string };

/** The languages of some versions of a questionnaire; Uzbek in either script when it is there in one. */
export function labelLanguages(instruments: readonly Instrument[]): LabelLanguage[] {
	const found = new Map<string, LabelLanguage>();
	for (const { languages } of [...instruments].reverse()) for (const { key, name } of languages) if (!found.has(key)) found.set(key, { key, name });
	if (found.has('uz') && !found.has('uz-Cyrl')) found.set('uz-Cyrl', { key: 'uz-Cyrl', name: 'Ўзбекча' });
	else if (found.has('uz-Cyrl') && !found.has('uz')) found.set('uz', { key: 'uz', name: 'Oʻzbekcha' });
	return [...found.values()];
}

/**
 * A text in the language that was asked for; where it is missing there, in the nearest one that has it (the program's order
 * for its own five languages), then in the questionnaire's default, then in any; the name when it has no text at all.
 */
export function textIn(texts: Readonly<Record<string, string>>, language: string, defaultLanguage: string, otherwise: string): string {
	const own = texts[language];
	if (own !== undefined && own !== '') return own;
	if (language === 'uz-Cyrl' && texts['uz']) return toCyrillic(texts['uz']);
	if (language === 'uz' && texts['uz-Cyrl']) return toLatin(texts['uz-Cyrl']);
	for (const key of [...(isLocale(language) ? fallbackChain[language] : []), defaultLanguage]) if (texts[key]) return texts[key];
	return Object.values(texts).find((text) => text !== '') ?? otherwise;
}
