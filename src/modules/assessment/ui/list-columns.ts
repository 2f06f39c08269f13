import { m } from '#paraglide/messages.js';
import { codeOf } from '#platform/codes.ts';
import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import type { Column } from '#ui/table.ts';
import type { RoundRow } from '../round-queries.server.ts';
import { consentWords, stateWord } from './words.ts';

export type DocumentRow = { id: string; number: number; title: LocalText; source: string; page: string | null; dated: string | null; withdrawnAt: Date | null };
export type QuotationRow = { id: string; number: number; words: LocalText; spokenBy: LocalText; saidOn: string | null; consentLevel: string; withdrawnAt: Date | null };

const withdrawnColumn = (): Column<{ readonly withdrawnAt: Date | null }> => ({ key: 'state', label: m.assessment_state(), text: (row) => stateWord(row.withdrawnAt === null ? 'stands' : 'withdrawn'), sortable: true });

/** The columns of the list of documents, for the page and its exports. */
export const documentColumns = (locale: Locale): Column<DocumentRow>[] => [
	{ key: 'code', label: m.assessment_code(), text: (row) => codeOf('document', row.number), sortable: true, always: true },
	{ key: 'title', label: m.assessment_title(), text: (row) => localText(row.title, locale).text, sortable: true, always: true },
	{ key: 'source', label: m.assessment_source(), text: (row) => row.source, sortable: true },
	{ key: 'page', label: m.assessment_page(), text: (row) => row.page ?? '', hidden: true },
	{ key: 'dated', label: m.assessment_dated(), text: (row) => row.dated ?? '', sortable: true },
	withdrawnColumn()
];

/** The columns of the list of quotations, for the page and its exports. */
export const quotationColumns = (locale: Locale): Column<QuotationRow>[] => [
	{ key: 'code', label: m.assessment_code(), text: (row) => codeOf('quotation', row.number), sortable: true, always: true },
	{ key: 'words', label: m.assessment_words(), text: (row) => localText(row.words, locale).text, sortable: true, always: true },
	{ key: 'spoken-by', label: m.assessment_spoken_by(), text: (row) => localText(row.spokenBy, locale).text, sortable: true },
	{ key: 'said-on', label: m.assessment_said_on(), text: (row) => row.saidOn ?? '', sortable: true, hidden: true },
	{ key: 'consent', label: m.assessment_consent_level(), text: (row) => consentWords[row.consentLevel]?.() ?? '', sortable: true },
	withdrawnColumn()
];

/** The columns of the list of rounds, for the page and its exports. */
export const roundColumns = (locale: Locale): Column<RoundRow>[] => [
	{ key: 'code', label: m.assessment_code(), text: (row) => codeOf('round', row.number), sortable: true, always: true },
	{ key: 'name', label: m.assessment_title(), text: (row) => localText(row.name, locale).text, sortable: true, always: true },
	{ key: 'instrument', label: m.assessment_instrument(), text: (row) => localText(row.instrument, locale).text, sortable: true },
	{ key: 'opens', label: m.assessment_opens_on(), text: (row) => row.opensOn ?? '', sortable: true },
	{ key: 'closes', label: m.assessment_closes_on(), text: (row) => row.closesOn ?? '', sortable: true },
	{ key: 'state', label: m.assessment_state(), text: (row) => stateWord(row.state), sortable: true }
];
