import { locales, type LocalText } from '#platform/locales.ts';

type Values = Record<string, string | string[]> | undefined;

/** What was typed into a field in several languages, to be shown again. */
export function typedText(values: Values, name: string): LocalText {
	const text: LocalText = {};
	for (const locale of locales) {
		const typed = values?.[`${name}.${locale}`];
		if (typeof typed === 'string') text[locale] = typed;
	}
	return text;
}

/** What was typed into a field of one word. */
export function typedWord(values: Values, name: string): string {
	const typed = values?.[name];
	return typeof typed === 'string' ? typed : '';
}

/** Which languages were ticked; Uzbek before anything was. */
export function typedLocales(values: Values): string[] {
	const ticked = values?.['locales[]'];
	if (ticked === undefined) return values ? [] : ['uz'];
	return typeof ticked === 'string' ? [ticked] : ticked;
}
