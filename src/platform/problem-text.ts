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

/** What a form's schema objected to, in the person's language, one sentence per field. */
export function formErrors(error: z.ZodError, locale: Locale): FormError[] {
	const errors = new Map<string, string>();
	for (const issue of error.issues) {
		const field = issue.path.map(String).join('.') || 'form';
		if (!errors.has(field)) errors.set(field, issueText(issue, locale));
	}
	return [...errors].map(([field, message]) => ({ field, message }));
}

/** A thrown problem as a form shows it. */
export const problemErrors = (problem: Problem, locale: Locale): FormError[] => [
	{ field: problem.field ?? 'form', message: problemText(problem.code, problem.facts, locale) }
];

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
