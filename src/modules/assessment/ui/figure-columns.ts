import { m } from '#paraglide/messages.js';
import { codeOf } from '#platform/codes.ts';
import { localText, type Locale } from '#platform/locales.ts';
import { today } from '#platform/today.ts';
import type { Column } from '#ui/table.ts';
import type { FigureRow } from '../figures/queries.server.ts';
import { measures } from '../figures/query.ts';
import { measureWords } from '../figures/words.ts';
import { stateWord } from './words.ts';

/** The columns of the list of figures, for the page and its exports. @param timeZone the programme's */
export const figureColumns = (locale: Locale, timeZone: string): Column<FigureRow>[] => [
	{ key: 'code', label: m.assessment_code(), text: (row) => codeOf('figure', row.number), sortable: true, always: true },
	{ key: 'title', label: m.assessment_title(), text: (row) => localText(row.title, locale).text, sortable: true, always: true },
	{ key: 'measure', label: m.figures_measure(), text: (row) => measureWords[measures.find((each) => each === row.measure) ?? 'count']() },
	{ key: 'round', label: m.figures_round(), text: (row) => [row.compared, row.round].flatMap((name) => (name ? [localText(name, locale).text] : [])).join(' – '), sortable: true },
	{ key: 'place', label: m.assessment_place(), text: (row) => (row.place ? localText(row.place, locale).text : m.assessment_whole_programme()) },
	{ key: 'n', label: 'n', text: (row) => String(row.n), sortable: true, numeric: true },
	{ key: 'version', label: m.figures_version_column(), text: (row) => String(row.version), numeric: true },
	{ key: 'counted', label: m.assessment_cut_off(), text: (row) => today(timeZone, row.cutOff), sortable: true, hidden: true },
	{ key: 'state', label: m.assessment_state(), text: (row) => (row.withdrawnAt ? stateWord('withdrawn') : row.frozenAt ? m.assessment_frozen() : m.assessment_not_frozen()), sortable: true }
];

/** What the address narrows the list to. */
export const figureFilter = (params: URLSearchParams) => ({
	round: params.get('round') ?? undefined,
	state: params.get('state') ?? undefined,
	kind: params.get('kind') ?? undefined
});
