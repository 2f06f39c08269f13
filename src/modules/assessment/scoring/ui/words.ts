import { m } from '#paraglide/messages.js';
import { localText, type Locale } from '#platform/locales.ts';
import { formatNumber, formatShare } from '#ui/format.ts';
import type { Column } from '#ui/table.ts';
import type { AssessmentRow } from '../queries.server.ts';
import type { EvidenceKind, Score, Side } from '../scale.ts';

const scoreWords: Readonly<Record<string, () => string>> = {
	'0': m.scoring_score_0, '1': m.scoring_score_1, '2': m.scoring_score_2, '3': m.scoring_score_3, na: m.scoring_score_na
};

/** A score in words: "2 – mostly". */
export const scoreWord = (score: Score | null): string => (score === null ? m.scoring_open() : (scoreWords[String(score)]?.() ?? ''));

export const evidenceWords: Readonly<Record<EvidenceKind, () => string>> = {
	seen: m.scoring_evidence_seen, document: m.scoring_evidence_document, interview: m.scoring_evidence_interview, feedback: m.scoring_evidence_feedback
};

export const sideWords: Readonly<Record<Side, () => string>> = { civil_society: m.scoring_side_civil, authority: m.scoring_side_authority };

type Known = Pick<AssessmentRow, 'state' | 'civilIn' | 'authorityIn'>;

/** How far an assessment is, in one phrase. */
export function stateWord({ state, civilIn, authorityIn }: Known): string {
	if (state === 'scoring' && civilIn) return m.scoring_state_awaits_authority();
	if (state === 'scoring' && authorityIn) return m.scoring_state_awaits_civil();
	const words: Readonly<Record<string, () => string>> = {
		scoring: m.scoring_state_scoring, reconciling: m.scoring_state_reconciling, signed: m.scoring_state_signed, cancelled: m.scoring_state_cancelled
	};
	return words[state]?.() ?? state;
}

export const stateTone = (state: string): 'plain' | 'accent' | 'ok' | 'late' => (state === 'signed' ? 'ok' : state === 'cancelled' ? 'plain' : state === 'reconciling' ? 'accent' : 'late');

export const scopeWord = (scope: string | null): string =>
	scope === 'publication' ? m.scoring_scope_publication() : scope === 'programme' ? m.scoring_scope_programme() : m.scoring_scope_none();

/** A number that both readings share, or the range between them. */
export function range(a: number | null, b: number | null, write: (value: number) => string): string {
	if (a === null && b === null) return '–';
	const low = Math.min(a ?? b ?? 0, b ?? a ?? 0);
	const high = Math.max(a ?? b ?? 0, b ?? a ?? 0);
	const [from, to] = [write(low), write(high)];
	return from === to ? from : `${from} … ${to}`;
}
export const meanText = (a: number | null, b: number | null, locale: Locale): string => range(a, b, (value) => formatNumber(value, locale, 2));
export const shareText = (a: number | null, b: number | null, locale: Locale): string => range(a, b, (value) => formatShare(value, locale));

/** The columns of the list of assessments, for the page and its exports. */
export const assessmentColumns = (locale: Locale): Column<AssessmentRow>[] => [
	{ key: 'service', label: m.scoring_service(), text: (row) => localText(row.service, locale).text, sortable: true, always: true },
	{ key: 'round', label: m.scoring_round(), text: (row) => localText(row.round, locale).text, sortable: true },
	{ key: 'state', label: m.scoring_state(), text: (row) => stateWord(row), sortable: true },
	{ key: 'mean', label: m.scoring_mean(), text: (row) => meanText(row.meanCivil, row.meanAuthority, locale), numeric: true, sortable: true },
	{ key: 'share', label: m.scoring_share(), text: (row) => shareText(row.shareCivil, row.shareAuthority, locale), numeric: true, sortable: true },
	{ key: 'agreement', label: m.scoring_agreement(), text: (row) => (row.signedRevision === null ? '–' : scopeWord(row.agreement)), sortable: true },
	{ key: 'criteria', label: m.scoring_criteria(), text: (row) => String(row.criteria), numeric: true, hidden: true }
];

/** Sorts, searches and cuts a list of assessments that is whole in memory: services of a programme are few. */
export function arranged(rows: readonly AssessmentRow[], columns: readonly Column<AssessmentRow>[], query: { search: string; sort: { key: string; descending: boolean } | undefined }): AssessmentRow[] {
	const wanted = query.search.toLocaleLowerCase();
	const found = rows.filter((row) => wanted === '' || columns.some((column) => column.text(row).toLocaleLowerCase().includes(wanted)));
	const { sort } = query;
	if (!sort) return found;
	const by = columns.find(({ key }) => key === sort.key);
	if (!by) return found;
	const value = (row: AssessmentRow): number | string => (sort.key === 'mean' ? (row.meanCivil ?? -1) : sort.key === 'share' ? (row.shareCivil ?? -1) : by.text(row));
	const order = (a: AssessmentRow, b: AssessmentRow): number => {
		const [left, right] = [value(a), value(b)];
		return typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right));
	};
	return found.toSorted((a, b) => (sort.descending ? -order(a, b) : order(a, b)));
}
