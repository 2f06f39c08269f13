import * as messages from '#paraglide/messages.js';
import type { Locale } from '#platform/locales.ts';
import type { ReasonCode } from '#xforms/reasons.ts';
import type { XlsFormError } from '#xforms/refusal.ts';
import type { InstrumentWarning } from './xlsform.ts';

const known: Readonly<Record<string, unknown>> = messages;

/** `survey.unknown-type` -> the key of its message. */
export function messageKey(code: ReasonCode): string {
	return `assessment_xlsform_${code.replace(/[.-]/g, '_')}`;
}

/**
 * What is wrong with a spreadsheet, in a person's language: the sheet, the row and column as far as they are known,
 * then the reason.
 */
export function xlsFormErrorText(error: XlsFormError, locale: Locale): string {
	const message = known[messageKey(error.code)];
	const reason = typeof message === 'function' ? String(message(error.facts, { locale })) : error.message;
	const { sheet, row, column } = error;
	if (sheet === undefined) return reason;
	if (row === undefined) return messages.assessment_xlsform_place_sheet({ sheet, reason }, { locale });
	if (column === undefined) return messages.assessment_xlsform_place_row({ sheet, row: String(row), reason }, { locale });
	return messages.assessment_xlsform_place_cell({ sheet, row: String(row), column, reason }, { locale });
}

/** The key of a warning's message: `languages.no-code` -> `assessment_xlsform_warn_languages_no_code`. */
export const warningKey = (code: string): string => `assessment_xlsform_warn_${code.replace(/[.-]/g, '_')}`;

/**
 * What the converter points out without refusing, in a person's language, beside its place. Asked on the server: a page with script
 * would carry every message of the program for it.
 */
export const warningsSaid = (warnings: readonly InstrumentWarning[], locale: Locale): { sheet: string | undefined; row: number | undefined; text: string }[] =>
	warnings.map(({ sheet, row, code, facts, message: english }) => {
		const message = code === undefined ? undefined : known[warningKey(code)];
		return { sheet, row, text: typeof message === 'function' ? String(message(facts, { locale })) : english };
	});
