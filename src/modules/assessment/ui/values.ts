import { localeFacts, locales, type LocalText } from '#platform/locales.ts';

/** The languages of a content field, each by its own name. */
export const contentLanguages = locales.map((locale) => ({ locale, label: localeFacts[locale].name }));

type Typed = Readonly<Record<string, string | string[]>> | undefined;

/** What was typed into a field, or what is stored. */
export function typed(values: Typed, name: string, stored: string | null | undefined = ''): string {
	const value = values?.[name];
	return values === undefined ? (stored ?? '') : typeof value === 'string' ? value : (value?.[0] ?? '');
}

/** What was chosen in a list of boxes, or what is stored. */
export function typedList(values: Typed, name: string, stored: readonly string[] = []): string[] {
	if (values === undefined) return [...stored];
	const value = values[name] ?? values[`${name}[]`] ?? [];
	return typeof value === 'string' ? [value] : value;
}

/** What was typed into a content field in each language, or what is stored. */
export function typedLocal(values: Typed, name: string, stored: LocalText = {}): LocalText {
	if (values === undefined) return stored;
	return Object.fromEntries(locales.map((locale) => [locale, typed(values, `${name}.${locale}`)]));
}
