import { m } from '#paraglide/messages.js';
import { codeOf } from '#platform/codes.ts';
import { localText, type Locale } from '#platform/locales.ts';
import { typeLabel } from '#modules/network/labels.ts';
import { readAs, type Code } from '../codebook.ts';
import type { FoundSegment } from '../retrieval.ts';
import { kindWords, levelWords } from './words.ts';

/** A column of the table of passages, for the page and its exports. */
export type PassageColumn = { readonly key: string; readonly label: string; readonly text: (row: FoundSegment) => string };

/** The columns of a table of coded passages. */
export function passageColumns(codes: readonly Code[], locale: Locale): PassageColumn[] {
	const as = readAs(codes);
	const names = new Map(codes.map((code) => [code.id, localText(code.name, locale).text]));
	return [
		{ key: 'code', label: m.coding_code({}, { locale }), text: (row) => names.get(as(row.codeId)) ?? '' },
		{ key: 'words', label: m.coding_passage({}, { locale }), text: (row) => row.words },
		{ key: 'interview', label: m.coding_interview({}, { locale }), text: (row) => codeOf('interview', row.number) },
		{ key: 'kind', label: m.coding_field_kind({}, { locale }), text: (row) => kindWords[row.kind]?.() ?? '' },
		{ key: 'place', label: m.assessment_place({}, { locale }), text: (row) => (row.place ? localText(row.place, locale).text : m.assessment_whole_programme({}, { locale })) },
		{ key: 'type', label: m.coding_field_type({}, { locale }), text: (row) => (row.organisationType ? typeLabel(row.organisationType) : m.coding_not_stated({}, { locale })) },
		{ key: 'level', label: m.coding_field_level({}, { locale }), text: (row) => levelWords[row.consentLevel]?.() ?? '' },
		{ key: 'coder', label: m.coding_coder({}, { locale }), text: (row) => (row.agreed ? m.coding_agreed({}, { locale }) : (row.coder ?? m.coding_imported({}, { locale }))) },
		{ key: 'memo', label: m.coding_memo({}, { locale }), text: (row) => row.memo }
	];
}
