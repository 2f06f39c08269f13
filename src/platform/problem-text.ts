import type { z } from 'zod';
import * as messages from '#paraglide/messages.js';
import type { Locale } from './locales.ts';
import type { Facts, Problem } from './problem.ts';

const known: Readonly<Record<string, unknown>> = messages;

/** The message of a problem code (`gap.already-closed` -> `problem_gap_already_closed`) in a language; what to do is part of it. */
export function problemText(code: string, facts: Facts, locale: Locale): string {
	const message = known[`problem_${code.replace(/[.-]/g, '_')}`];
	return typeof message === 'function' ? String(message(facts, { locale })) : messages.problem_unknown({ code }, { locale });
}

/** Whether a code has a message of its own; a test asks it of every code thrown. */
export const hasProblemText = (code: string): boolean => typeof known[`problem_${code.replace(/[.-]/g, '_')}`] === 'function';

/** A problem as a form shows it: at its field, or over all. */
export type FormError = { field: string; message: string };

/**
 * What a form's schema objected to, in the person's language, one sentence per field.
 * @param sent what was parsed: an empty answer is missing, whatever its schema wanted of it
 */
export function formErrors(error: z.ZodError, locale: Locale, sent: unknown): FormError[] {
	const errors = new Map<string, string>();
	for (const issue of error.issues) {
		const field = issue.path.map(String).join('.') || 'form';
		if (!errors.has(field)) errors.set(field, isBlank(valueAt(sent, issue.path)) ? (missingText(issue, locale) ?? issueText(issue, locale)) : issueText(issue, locale));
	}
	return [...errors].map(([field, message]) => ({ field, message }));
}

/** A thrown problem as a form shows it. */
export const problemErrors = (problem: Problem, locale: Locale): FormError[] => [
	{ field: problem.field ?? 'form', message: problemText(problem.code, problem.facts, locale) }
];

const valueAt = (sent: unknown, path: readonly PropertyKey[]): unknown =>
	path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), sent);

const isBlank = (value: unknown): boolean => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** What an answer that was left empty still needs, where its schema says more than that it is there: a choice, or a day. */
function missingText(issue: z.core.$ZodIssue, locale: Locale): string | undefined {
	if (hasProblemText(issue.message)) return undefined;
	if (issue.code === 'invalid_value' || issue.code === 'invalid_union') return messages.problem_field_unchosen({}, { locale });
	if (issue.code !== 'invalid_format') return undefined;
	if (['uuid', 'guid'].includes(issue.format)) return messages.problem_field_unchosen({}, { locale });
	return ['date', 'datetime'].includes(issue.format) ? messages.problem_field_undated({}, { locale }) : messages.problem_field_missing({}, { locale });
}

function issueText(issue: z.core.$ZodIssue, locale: Locale): string {
	if (hasProblemText(issue.message)) return problemText(issue.message, {}, locale);
	switch (issue.code) {
		case 'too_small':
			if (issue.origin === 'string' || issue.origin === 'array') return messages.problem_field_missing({}, { locale });
			return messages.problem_field_too_small({ minimum: Number(issue.minimum) }, { locale });
		case 'too_big':
			if (issue.origin === 'string') return messages.problem_field_too_long({ maximum: Number(issue.maximum) }, { locale });
			return messages.problem_field_too_big({ maximum: Number(issue.maximum) }, { locale });
		case 'invalid_type':
			return messages.problem_field_missing({}, { locale });
		default:
			return messages.problem_field_invalid({}, { locale });
	}
}
