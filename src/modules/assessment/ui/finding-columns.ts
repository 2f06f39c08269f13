import { m } from '#paraglide/messages.js';
import { codeOf } from '#platform/codes.ts';
import { localText, type Locale } from '#platform/locales.ts';
import { today } from '#platform/today.ts';
import type { Column } from '#ui/table.ts';
import type { FindingRow } from '../queries.server.ts';
import { stateWord } from './words.ts';

/** The columns of the list of findings, for the page and its exports. @param timeZone the programme's */
export const findingColumns = (locale: Locale, timeZone: string): Column<FindingRow>[] => [
	{ key: 'code', label: m.assessment_code(), text: (row) => codeOf('finding', row.number), sortable: true, always: true },
	{ key: 'statement', label: m.assessment_statement(), text: (row) => localText(row.statement, locale).text, sortable: true, always: true },
	{ key: 'place', label: m.assessment_place(), text: (row) => (row.place ? localText(row.place, locale).text : m.assessment_whole_programme()) },
	{ key: 'state', label: m.assessment_state(), text: (row) => stateWord(row.state), sortable: true },
	{ key: 'since', label: m.assessment_stand_since(), text: (row) => (row.standsSince ? today(timeZone, row.standsSince) : ''), sortable: true, hidden: true },
	{ key: 'evidence', label: m.assessment_evidence(), text: (row) => String(row.evidence), numeric: true }
];
