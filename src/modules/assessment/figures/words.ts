import { m } from '#paraglide/messages.js';
import { formatNumber } from '#ui/format.ts';
import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import type { Instrument } from '#xforms/instrument.ts';
import { aboutDay, aboutPlace } from './builder.ts';
import { instrumentText } from './figure.ts';
import type { Difference } from './cells.ts';
import type { MappingKind } from './mapping.ts';
import type { Condition, Measure, Query, Split } from './query.ts';
import type { Sampling } from './result.ts';
import type { Caution } from './compare.ts';
import type { Variable } from './variables.ts';

/** What a query is said in: the instrument in a language, and the names of places. */
export type Tongue = { readonly locale: Locale; readonly instrument: Instrument; readonly variables: readonly Variable[]; readonly places: readonly { id: string; name: LocalText }[] };

/** A message that can also be said in a stated language. */
type Word = (inputs?: Record<string, never>, options?: { locale?: Locale }) => string;

export const measureWords: Readonly<Record<Measure, () => string>> = {
	count: m.figures_measure_count, share: m.figures_measure_share, mean: m.figures_measure_mean, median: m.figures_measure_median, sum: m.figures_measure_sum
};
export const designWords: Readonly<Record<Sampling['design'], () => string>> = { census: m.figures_design_census, sample: m.figures_design_sample, chosen: m.figures_design_chosen };
export const kindWords: Readonly<Record<MappingKind, Word>> = {
	same: m.figures_kind_same, recoded: m.figures_kind_recoded, merged: m.figures_kind_merged, not_comparable: m.figures_kind_not_comparable
};
export const cautionWords: Readonly<Record<Caution, Word>> = {
	'sampling-unknown': m.figures_caution_unknown, 'sampling-differs': m.figures_caution_differs, 'not-by-chance': m.figures_caution_chosen
};
export const formWords = { bars: m.figures_form_bars, stacked: m.figures_form_stacked, dots: m.figures_form_dots, line: m.figures_form_line };

/** A change between two rounds in words, and below it its interval with what that means. */
export function differenceText(difference: Difference, measure: string, locale: Locale): { text: string; note?: string } {
	const inLocale = { locale };
	if (difference === null) return { text: m.ui_withheld({}, inLocale) };
	const said = (value: number): string => {
		const sign = value > 0 ? '+' : '';
		return sign + (measure === 'share' ? m.figures_points({ n: formatNumber(value * 100, locale, 1) }, inLocale) : formatNumber(value, locale, measure === 'count' ? 0 : 1));
	};
	const { value, low, high } = difference;
	if (low === undefined || high === undefined) return { text: said(value) };
	const chance = low > 0 || high < 0 ? m.figures_beyond_chance({}, inLocale) : m.figures_within_chance({}, inLocale);
	return { text: said(value), note: `${said(low)} … ${said(high)} · ${chance}` };
}

/** A question as people read it; one inside a repeat with the repeat's name before it. */
export function questionText(path: string, { locale, instrument, variables }: Pick<Tongue, 'locale' | 'instrument' | 'variables'>): string {
	const variable = variables.find((each) => each.path === path);
	if (!variable) return path;
	const own = instrumentText(variable.labels, locale, instrument.defaultLanguage, variable.name);
	const repeat = variable.repeats.at(-1)?.split('/').at(-1);
	return repeat === undefined ? own : `${repeat} › ${own}`;
}

export function choiceText(path: string, key: string, { locale, instrument, variables }: Pick<Tongue, 'locale' | 'instrument' | 'variables'>): string {
	const option = variables.find((each) => each.path === path)?.options.find((each) => each.key === key);
	return option ? instrumentText(option.labels, locale, instrument.defaultLanguage, option.key) : key;
}

export function splitText(split: Split, tongue: Tongue): string {
	const inLocale = { locale: tongue.locale };
	if (split.by === 'month') return m.figures_split_month({}, inLocale);
	if (split.by === 'place') return split.level === 'region' ? m.figures_split_region({}, inLocale) : split.level === 'district' ? m.figures_split_district({}, inLocale) : m.figures_split_place({}, inLocale);
	return questionText(split.path, tongue);
}

/** A filter as a sentence. */
export function conditionText(condition: Condition, tongue: Tongue): string {
	if ('all' in condition) return condition.all.map((each) => conditionText(each, tongue)).join('; ');
	if ('any' in condition) return condition.any.map((each) => conditionText(each, tongue)).join(` ${m.figures_or()} `);
	if ('not' in condition) return m.figures_not({ what: conditionText(condition.not, tongue) });
	if ('places' in condition) return condition.places.map((id) => placeText(id, tongue)).join(', ');
	if ('answered' in condition) return m.figures_was_answered({ question: questionText(condition.answered, tongue) });
	if ('answer' in condition) {
		const question = questionText(condition.answer, tongue);
		if ('is' in condition) return `${question}: ${condition.is.map((key) => choiceText(condition.answer, key, tongue)).join(', ')}`;
		const day = tongue.variables.find((each) => each.path === condition.answer)?.kind === 'date';
		const said = (value: number | undefined): string => (value === undefined ? '' : day ? new Date(value * 86_400_000).toISOString().slice(0, 10) : String(value));
		return `${question}: ${said(condition.from)} … ${said(condition.to)}`;
	}
	return `${m.figures_received()}: ${condition.receivedFrom ?? ''} … ${condition.receivedTo ?? ''}`;
}

const placeText = (id: string, { places, locale }: Tongue): string => {
	const place = places.find((each) => each.id === id);
	return place ? localText(place.name, locale).text : id;
};

/** A query told in full, for the figure's page and for what differs between two versions. */
export function queryFacts(query: Query, tongue: Tongue): { term: string; detail: string }[] {
	const choices = (keys: readonly string[]): string => keys.map((key) => choiceText(query.of, key, tongue)).join(', ');
	return [
		{ term: m.figures_question(), detail: questionText(query.of, tongue) },
		{ term: m.figures_measure(), detail: measureWords[query.measure]() },
		...(query.bands.length > 0 ? [{ term: m.figures_bands(), detail: query.bands.join(', ') }] : []),
		...(query.anyOf === null ? [] : [{ term: m.figures_any_of(), detail: choices(query.anyOf) }]),
		...(query.measure === 'share' ? [{ term: m.figures_base(), detail: query.base === 'asked' ? m.figures_base_asked() : m.figures_base_answered() }] : []),
		...(query.refused.length > 0 ? [{ term: m.figures_refused_choices(), detail: choices(query.refused) }] : []),
		...query.splits.map((split) => ({ term: m.figures_split(), detail: splitText(split, tongue) + (split.by === 'answer' && split.bands.length > 0 ? ` (${split.bands.join(', ')})` : '') })),
		...(query.where === null ? [] : [{ term: m.figures_filter(), detail: conditionText(query.where, tongue) }]),
		...(query.weight === null ? [] : [{ term: m.figures_weight(), detail: questionText(query.weight, tongue) }])
	];
}

/** What a filter can be about, beside questions. */
export const filterSubjects = () => [{ value: aboutPlace, label: m.figures_filter_place() }, { value: aboutDay, label: m.figures_received() }];
export const splitSubjects = () => [
	{ value: '@region', label: m.figures_split_region() },
	{ value: '@district', label: m.figures_split_district() },
	{ value: '@place', label: m.figures_split_place() },
	{ value: '@month', label: m.figures_split_month() }
];
