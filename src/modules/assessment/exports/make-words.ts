import { m } from '#paraglide/messages.js';
import type { Locale } from '#platform/locale.ts';
import type { ExportWords } from './words.ts';

/** The words of an export in a language. @param filter sentences that say what it is narrowed to @param language name of the language of labels */
export function exportWords(locale: Locale, filter: readonly string[], language: string): ExportWords {
	const as = { locale };
	return {
		title: m.exports_w_title({}, as),
		rows: m.exports_w_rows({ n: '{n}', m: '{m}' }, as),
		made: m.exports_w_made({}, as),
		rounds: m.assessment_rounds({}, as),
		language: m.exports_w_language({ language }, as),
		filter,
		tableRows: m.exports_w_table({ table: '{table}', n: '{n}' }, as),
		apostrophe: m.exports_w_apostrophe({}, as),
		lines: m.exports_w_lines({}, as),
		madeUp: m.exports_w_made_up({ n: '{n}' }, as),
		cut: m.exports_w_cut({ n: '{n}' }, as),
		parts: m.exports_w_parts({ n: '{n}' }, as),
		files: m.exports_w_files({}, as),
		filesMissing: m.exports_w_files_missing({ n: '{n}' }, as),
		filesStruck: m.exports_w_files_struck({ n: '{n}' }, as),
		secret: m.exports_w_secret({}, as),
		about: m.exports_w_about({}, as),
		codebook: m.exports_w_codebook({}, as),
		heads: [
			m.exports_w_table_head({}, as), m.exports_w_column({}, as), m.exports_w_variable({}, as), m.exports_w_label({}, as),
			m.exports_w_type({}, as), m.exports_w_choice({}, as), m.exports_w_choice_label({}, as), m.exports_w_note({}, as)
		],
		changes: {
			renamed: m.exports_w_renamed({}, as),
			'label-cut': m.exports_w_label_cut({}, as),
			'value-label-cut': m.exports_w_value_label_cut({}, as),
			'kept-as-text': m.exports_w_kept_as_text({}, as),
			'text-cut': m.exports_w_text_cut({}, as)
		}
	};
}
