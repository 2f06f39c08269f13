import { fill, type Warning } from './refusal.ts';

/** Everything that the converter points out without refusing, in English; the interface's languages have the same sentences, as for `REASONS`. */
export const WARNINGS = {
	'sheet.similar': "Is the sheet '{similar}' meant to be '{sheet}'?",
	'settings.not-yes-or-no': "'{name}' should be yes or no; '{value}' is read as no.",
	'settings.not-no-or-yes': "'{name}' should be yes or no; '{value}' is read as yes.",
	'choices.column-left-out': "The column '{column}' is left out: it cannot be a name.",
	'choices.no-label': "The choice '{name}' has no label.",
	'entities.not-attached': "The list '{list}' is updated but not attached (csv-external or select_one_from_file).",
	'survey.required-group': 'A group or repeat is never required; a question inside it can be.',
	'survey.comparison-in-label': 'Comparing with <, > or & inside instance() does not work in a label; compute it in a calculate and show that.',
	'settings.twin-id': "Of 'form_id' and 'id_string' only 'form_id' is read.",
	'survey.no-group-label': "The {type} '{name}' has no label.",
	'survey.large-pictures': 'Use the max-pixels parameter to send pictures faster and save storage space.',
	'survey.external-unfiltered': 'An external select is meant for choices that are filtered.',
	'survey.disabled': "The column 'disabled' is not part of XLSForm any more; use relevant instead.",
	'survey.row-passed-over': 'A row without type, name and label is passed over.',
	'survey.letter-case': "The name '{name}' differs from another only by letter case, which confuses some tools.",
	'languages.columns-missing': "The language '{language}' has no {columns}.",
	'languages.no-code': 'These languages lack a code in brackets, like "English (en)": {languages}.',
	'languages.or-other': 'or_other adds an untranslated choice "Other" and an untranslated question to a form in several languages.'
} as const;
export type WarningCode = keyof typeof WARNINGS;

/** Something to point out, and where in the spreadsheet. */
export const warning = (code: WarningCode, place: { readonly sheet?: string; readonly row?: number } = {}, facts: Readonly<Record<string, string>> = {}): Warning => ({
	...place,
	code,
	facts,
	message: fill(WARNINGS[code], facts)
});
