import { z } from 'zod';
import { localTextOf } from '#platform/locales.ts';
import type { LocalText } from '#platform/locales.ts';
import type { Book } from './book.ts';
import { editLanguages, withSettings } from './edit-settings.ts';

/** The languages that can be chosen for a new instrument, as XLSForm writes them. */
export const formLanguages = { uz: 'Oʻzbekcha (uz)', 'uz-Cyrl': 'Ўзбекча (uz-Cyrl)', ru: 'Русский (ru)', kaa: 'Qaraqalpaqsha (kaa)', en: 'English (en)' } as const;
const languageKeys = ['uz', 'uz-Cyrl', 'ru', 'kaa', 'en'] as const;

/** Names of forms: what collection apps know a form by. */
export const formIdSchema = z.string().trim().regex(/^[A-Za-z_][\w.-]{0,63}$/);

/** A new, empty draft as its form sends it. */
export const newDraftFields = z.object({ title: localTextOf(300), languages: z.array(z.enum(languageKeys)).min(1) });

/** Longest version string that is taken; collection apps show it whole. */
export const versionSchema = z.string().trim().regex(/^[\w.-]{1,40}$/);

/** A form id made from a title: Latin letters, digits and underscores. */
export function formIdFrom(title: string): string {
	const plain = title.normalize('NFKD').replace(/[ʻʼ'’‘`]/g, '').replace(/[^\p{Script=Latin}\p{N}]+/gu, '_').replace(/\p{M}/gu, '').toLowerCase();
	const name = plain.replace(/[^a-z0-9_]/g, '').replace(/^_+|_+$/g, '').slice(0, 40);
	return /^[a-z]/.test(name) ? name : name === '' ? 'form' : `f_${name}`;
}

/** An empty book in the chosen languages, the first of them the default. */
export function emptyBook(title: string, languages: readonly (keyof typeof formLanguages)[]): Book {
	let book: Book = { next: 1, sheets: [{ name: 'survey', headers: ['type', 'name'], rows: [] }, { name: 'choices', headers: ['list_name', 'name'], rows: [] }] };
	for (const language of languages) book = editLanguages(book, { do: 'language-add', language: formLanguages[language] }).book;
	const [first] = languages;
	return withSettings(book, { title, id_string: formIdFrom(title), version: '', default_language: first ? formLanguages[first] : '' });
}

/** The version to propose: the day and a number, as is the custom with XLSForms: `2026112401`. */
export function nextVersion(today: string, taken: readonly string[]): string {
	const day = today.replaceAll('-', '');
	for (let i = 1; ; i++) {
		const version = `${day}${String(i).padStart(2, '0')}`;
		if (!taken.includes(version)) return version;
	}
}

/** A draft as lists show it. */
export type DraftRow = { id: string; title: LocalText; changedAt: Date; changedBy: string | null; state: string; basedOn: string | null };
