import approvedByLocale from '../../messages/approved.json' with { type: 'json' };
import { z } from 'zod';
import { fallbackChain, locales, type Locale } from '#platform/locales.ts';

/**
 * Texts about safety and consent are shown as approved only where a native reader has approved them: a person cannot
 * agree to what is badly said. `messages/approved.json` holds the approvals, `key#digest` by locale; the check of the
 * messages refuses an approval whose text has changed since.
 */
const approvals = z.partialRecord(z.enum(locales), z.array(z.string())).parse(approvedByLocale);

/** Whether a message's key marks it as being about safety, consent or confidentiality. */
export function isSafetyKey(key: string): boolean {
	return /(^|_)(consent|refusal|refuse|distress|safety|safe|danger|emergency|leave|confidential|agree|decline|minor|minors|ethics|disclosure|helpline)(_|$)/.test(key);
}

export type Approvals = Partial<Record<Locale, readonly string[] | undefined>>;

/** Whether a native reader of `locale` has approved the message. */
export function isApproved(key: string, locale: Locale, from: Approvals = approvals): boolean {
	return (from[locale] ?? []).some((entry) => entry.split('#')[0] === key);
}

/**
 * The locale in which a message about safety or consent is shown to a reader of `locale`: hers when approved, otherwise
 * the first approved one of her fallback chain. When no language is approved, hers with `approved: false`: the page
 * then says that nobody has checked the text.
 */
export const safetyLocale = (key: string, locale: Locale, from: Approvals = approvals): SafetyLocale => safetyLocaleOf([key], locale, from);

export type SafetyLocale = { readonly locale: Locale; readonly approved: boolean };

/** The same for words that stand together on a page: all of them in one language, in which a native reader has approved every one. */
export function safetyLocaleOf(keys: readonly string[], locale: Locale, from: Approvals = approvals): SafetyLocale {
	const found = fallbackChain[locale].find((candidate) => keys.every((key) => isApproved(key, candidate, from)));
	return found === undefined ? { locale, approved: false } : { locale: found, approved: true };
}
