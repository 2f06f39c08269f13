import { instrumentLocalText } from '../figures/figure.ts';
import { areaNamed } from '../instruments/shipped/shipped.ts';
import { locales, localText, type LocalText } from '#platform/locales.ts';
import { criterionAreas, type Instrument, type InstrumentQuestion } from '#xforms/instrument.ts';
import type { CriterionPlace } from './scale.ts';

/** A criterion of an instrument, as the pages of scoring use it. */
export type ScoringCriterion = CriterionPlace & {
	/** Its place among the criteria of the instrument: what form fields are named by. */
	readonly index: number;
	readonly words: LocalText;
	readonly hint: LocalText;
};

/** An area of an instrument with its criteria. */
export type ScoringArea = { readonly code: string; readonly title: LocalText; readonly criteria: readonly ScoringCriterion[] };

/** The criteria of an instrument, area by area, numbered through in the order of the form. */
export function scoringAreas(instrument: Instrument): ScoringArea[] {
	const language = instrument.defaultLanguage;
	let index = 0;
	return criterionAreas(instrument).map(({ code, labels, criteria }) => ({
		code,
		title: areaNamed(code, instrumentLocalText(labels, language, code)),
		criteria: criteria.map((question) => ({
			index: index++,
			criterion: question.xpath,
			area: code,
			critical: question.criterion?.critical === true,
			words: instrumentLocalText(question.labels, language, question.name),
			hint: Object.keys(question.hints).length > 0 ? instrumentLocalText(question.hints, language, '') : {}
		}))
	}));
}

/** What two versions of a criterion are compared by: the same words in every language are the same criterion. */
export const wordsOf = ({ labels, choices }: InstrumentQuestion): string =>
	JSON.stringify([Object.entries(labels).sort(), (choices ?? []).map(({ name }) => name)]);

/** All criteria of an instrument with their path and words, for finding them again in another version. */
export const comparedCriteria = (instrument: Instrument): { path: string; words: string }[] =>
	criterionAreas(instrument).flatMap(({ criteria }) => criteria.map((question) => ({ path: question.xpath, words: wordsOf(question) })));

/** What a score is called: the service, and the area if it is of one. */
export function areaTitle(service: LocalText, area: LocalText | null): LocalText {
	if (area === null) return service;
	const languages = locales.filter((locale) => service[locale] !== undefined || area[locale] !== undefined);
	return Object.fromEntries(languages.map((locale) => [locale, `${localText(service, locale).text} · ${localText(area, locale).text}`]));
}
