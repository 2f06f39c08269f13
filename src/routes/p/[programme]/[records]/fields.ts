import { locales, type LocalText } from '#platform/locales.ts';
import type { Choice } from '#ui/field.ts';

/** One field of a record's form. */
export type FormField =
	| { type: 'local'; name: string; label: string; hint?: string; long?: boolean; optional?: boolean; maxlength?: number }
	| { type: 'select' | 'radios'; name: string; label: string; hint?: string; optional?: boolean; options: Choice[]; placeholder?: string }
	| { type: 'checkboxes'; name: string; label: string; hint?: string; optional?: boolean; options: Choice[]; none: string }
	| { type: 'date' | 'number' | 'text' | 'textarea'; name: string; label: string; hint?: string; optional?: boolean };

/** What a form is filled with, by the names its fields are sent under. */
export type Values = Record<string, string | string[]>;

/** A content field as a form's values: `title.uz`, `title.ru`, … */
export const localValues = (name: string, text: LocalText | null): Values =>
	Object.fromEntries(locales.flatMap((locale) => (text?.[locale] ? [[`${name}.${locale}`, text[locale]]] : [])));

/** The texts of a content field by language, out of a form's values. */
export const localOf = (values: Values, name: string): Record<string, string | undefined> =>
	Object.fromEntries(locales.map((locale) => [locale, one(values, `${name}.${locale}`)]));

/** The value of a field that has one. */
export const one = (values: Values, name: string): string | undefined => {
	const value = values[name];
	return typeof value === 'string' ? value : value?.[0];
};

/** The values of a field that has several. */
export const many = (values: Values, name: string): string[] => {
	const value = values[name];
	return value === undefined ? [] : typeof value === 'string' ? [value] : value;
};
