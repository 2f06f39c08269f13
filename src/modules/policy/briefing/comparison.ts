import type { Caution } from '#modules/assessment/figures/compare.ts';
import type { MappingKind } from '#modules/assessment/figures/mapping.ts';
import { cautionWords, differenceText, kindWords } from '#modules/assessment/figures/words.ts';
import type { Pattern } from '#modules/releases/judge/verdict.ts';
import { m } from '#paraglide/messages.js';
import type { Locale, LocalText } from '#platform/locales.ts';
import { formatNumber } from '#ui/format.ts';
import type { EditionFigure } from './edition.ts';

/** What a reader has to know of a comparison beside its numbers. */
export type ComparisonFacts = {
	/** The names of the two rounds. */
	readonly earlier: LocalText;
	readonly later: LocalText;
	readonly caution: Caution | null;
	/** How questions that have changed compare, as somebody stated. */
	readonly statements: readonly { readonly question: (locale: Locale) => string; readonly kind: MappingKind; readonly reason: LocalText }[];
};

/** The part of an edition that a comparison adds to its figure: the changes that may be shown, and what they rest on. */
export function comparisonOf({ earlier, later, caution, statements }: ComparisonFacts, { cells, n, nEarlier }: Pattern, say: (text: LocalText) => string, locale: Locale): NonNullable<EditionFigure['comparison']> {
	const size = (name: LocalText, count: number): string => `${say(name)}: n = ${formatNumber(count, locale)}`;
	const sizes = n === null || nEarlier == null ? [] : [`${size(earlier, nEarlier)}; ${size(later, n - nEarlier)}`];
	const stated = statements.map(({ question, kind, reason }) => `${question(locale)} – ${kindWords[kind]({}, { locale })}. ${say(reason)}`);
	const groups = cells.series.filter((_, j) => j % 2 === 1).map(({ parts = [] }) => parts.slice(0, -1).map((part) => say(part.label)).join(' · '));
	return {
		groups,
		changes: cells.rows.map((row) => [...(row.differences ?? [])]),
		notes: [...sizes, ...stated, ...(caution === null ? [] : [cautionWords[caution]({}, { locale })])]
	};
}

/** The changes of a released comparison as a table of words, with what is said below it. */
export type ChangesInWords = { title: string; head: string; groups: string[]; rows: { label: string; cells: { text: string; note?: string }[] }[]; notes: string[] };

/** The changes of a released figure in a language; null where it compares nothing. */
export function changesInWords({ comparison, rows, measure }: EditionFigure, locale: Locale): ChangesInWords | null {
	if (!comparison) return null;
	const { groups, changes, notes } = comparison;
	const inLocale = { locale };
	return {
		title: m.figures_change({}, inLocale),
		head: m.policy_briefing_answer({}, inLocale),
		groups: groups.map((group) => group || m.figures_difference({}, inLocale)),
		rows: rows.map((row, i) => ({ label: row.label || m.policy_briefing_value({}, inLocale), cells: (changes[i] ?? []).map((change) => differenceText(change, measure, locale)) })),
		notes
	};
}
