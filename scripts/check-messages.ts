import { existsSync, readFileSync } from 'node:fs';
import { locales, type Locale } from '#platform/locales.ts';
import { usuallyKept } from '#platform/transliterate.ts';
import {
	approvalOf, areas, cyrillicOf, keysTwice, latinWords, messageFile, parametersOf, readApproved, readMessages, textsOf, type Message,
	type Messages
} from './message-files.ts';

/** Uzbek has its own letters for what is easily typed as an apostrophe. */
const uzbekApostrophe = /\p{L}['`´‘’]\p{L}|[oOgG]['`´‘’]|[oOgG]ʼ|[^oOgG]ʻ|^ʻ/u;
const karakalpakApostrophe = /\p{L}['`´‘’ʻʼ]\p{L}|[aougniAOUGNI]['`´‘’ʻʼ]/u;

/** What is wrong with the text of one message in one locale, whatever the others say. */
function faultsOfText(text: string, locale: Locale, latin: ReadonlySet<string>): string[] {
	const faults: string[] = [];
	if (text.trim() === '') return ['is empty'];
	if (/^[\s\p{Pd}]+$/u.test(text)) return ['is only a dash'];
	if (text !== text.trim()) faults.push('begins or ends with a blank');
	const prose = text.replace(/\{[^{}]*\}/g, ' ');
	if (locale === 'uz' && uzbekApostrophe.test(prose)) faults.push('has a typed apostrophe: Uzbek writes oʻ gʻ (U+02BB) and ʼ (U+02BC)');
	if (locale === 'kaa' && karakalpakApostrophe.test(prose)) faults.push('has a typed apostrophe: Karakalpak writes á ó ú ı ń ǵ');
	if (locale === 'uz-Cyrl') {
		const left = prose
			.replace(/(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w.-]+|<[^<>]*>|`[^`]*`|[\w]*_\w+|[\w-]+\.(?:xlsx?|csv|pdf|json|xml|md)\b|\bbin\/\w+|\b[A-Za-z]+-\d+/g, ' ')
			.match(/[\p{Script=Latin}ʻʼ]+/gu);
		const strange = (left ?? []).filter((word) => !latin.has(word.toLowerCase()) && !/^[IVXLCDM]+$/.test(word));
		if (strange.length > 0) faults.push(`has Latin letters: ${strange.join(', ')} (messages/latin-words.json lists what may stay)`);
	}
	return faults;
}

function checkKey(key: string, found: Record<Locale, Message | undefined>, latin: ReadonlySet<string>): string[] {
	const faults: string[] = [];
	if (!/^[a-z][a-z0-9_]*$/.test(key)) faults.push(`${key}: a key is small letters, digits and _`);
	const wanted = found.uz === undefined ? undefined : parametersOf(found.uz).join(', ');
	for (const locale of locales) {
		const message = found[locale];
		if (message === undefined) {
			faults.push(`${key}: missing in ${locale}`);
			continue;
		}
		for (const text of textsOf(message)) faults.push(...faultsOfText(text, locale, latin).map((fault) => `${key} in ${locale} ${fault}`));
		if (textsOf(message).length === 0) faults.push(`${key} in ${locale} has no text`);
		const parameters = parametersOf(message).join(', ');
		if (wanted !== undefined && parameters !== wanted) {
			faults.push(`${key} in ${locale} takes {${parameters}}, in uz {${wanted}}`);
		}
	}
	return faults;
}

/**
 * Everything that is wrong with the messages under `root`, one sentence each; empty when all is well.
 * Checked: every key in all five locales with the same parameters, no empty text, letters instead of typed apostrophes,
 * no key twice, Uzbek Cyrillic as it is generated from Uzbek Latin, and approvals that still fit the text they were given for.
 *
 * @throws Error when a file is no JSON or not in inlang's message format.
 */
export function checkMessages(root = '.'): string[] {
	const faults: string[] = [];
	const latin = new Set([...usuallyKept, ...latinWords(root).map((word) => word.toLowerCase())]);
	const home = new Map<string, string>();
	const everything = new Map<Locale, Messages>(locales.map((locale) => [locale, {}]));
	for (const area of areas(root)) {
		const keys = new Set<string>();
		const byLocale = new Map<Locale, Messages>();
		for (const locale of locales) {
			const file = messageFile(root, area, locale);
			if (existsSync(file)) faults.push(...keysTwice(readFileSync(file, 'utf8')).map((key) => `${area}: ${key} stands twice in ${locale}`));
			const messages = readMessages(file);
			byLocale.set(locale, messages);
			for (const key of Object.keys(messages)) keys.add(key);
			Object.assign(everything.get(locale) ?? {}, messages);
		}
		for (const key of keys) {
			const other = home.get(key);
			if (other !== undefined) faults.push(`${key} stands in ${other} and in ${area}`);
			home.set(key, area);
			const found = {
				uz: byLocale.get('uz')?.[key], 'uz-Cyrl': byLocale.get('uz-Cyrl')?.[key], ru: byLocale.get('ru')?.[key],
				kaa: byLocale.get('kaa')?.[key], en: byLocale.get('en')?.[key]
			};
			faults.push(...checkKey(key, found, latin).map((fault) => `${area}: ${fault}`));
		}
		const uz = byLocale.get('uz') ?? {};
		const overrides = readMessages(messageFile(root, area, 'uz-Cyrl.overrides'));
		for (const key of Object.keys(overrides)) if (!(key in uz)) faults.push(`${area}: uz-Cyrl.overrides has ${key}, uz has not`);
		if (JSON.stringify(byLocale.get('uz-Cyrl')) !== JSON.stringify(cyrillicOf(uz, overrides, latinWords(root)))) {
			faults.push(`${area}: uz-Cyrl is not what is generated from uz: run bin/hamkor generate`);
		}
	}
	for (const [locale, entries] of Object.entries(readApproved(root))) {
		for (const entry of entries) {
			const key = entry.split('#')[0] ?? '';
			const message = locales.flatMap((known) => (known === locale ? [everything.get(known)?.[key]] : []))[0];
			if (message === undefined) faults.push(`approved.json: ${key} in ${locale} is no message`);
			else if (approvalOf(key, message) !== entry) faults.push(`approved.json: ${key} in ${locale} was changed after it was approved`);
		}
	}
	return faults;
}
