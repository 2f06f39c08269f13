import { localeFacts, type Locale } from './locales.ts';

/** A page without anything around it, for what is refused before any page of ours is chosen. */
export const plainPage = (locale: Locale, sentence: string): string =>
	`<!doctype html><html lang="${localeFacts[locale].lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Hamkor</title></head>
<body><main><h1>Hamkor</h1><p>${escaped(sentence)}</p><p><a href="/${locale}">Hamkor</a></p></main></body></html>\n`;

/** The same for a machine (RFC 9457). */
export const plainProblem = (status: number, code: string, sentence: string): string => JSON.stringify({ type: 'about:blank', title: code, status, detail: sentence });

/** Whether the one who asks wants a machine's answer: it names JSON and no page. */
export const wantsJson = (accept: string | null | undefined): boolean => /\bapplication\/(?:[\w.+-]*\+)?json\b/.test(accept ?? '') && !/\btext\/html\b/.test(accept ?? '');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
