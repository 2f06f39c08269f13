import type { RootNode } from '@getodk/xforms-engine';
import type { FillingPage } from '../filling.ts';

/** The form speaks the page's language, if it can. */
export function speak(root: RootNode, languages: FillingPage['languages'], locale: string): void {
	const wanted = languages.find(({ code }) => code === locale) ?? languages.find(({ code }) => code?.split('-')[0] === locale.split('-')[0]);
	const known = root.languages.find(({ language }) => language === wanted?.name);
	if (known && !known.isSyntheticDefault) root.setLanguage(known);
}
