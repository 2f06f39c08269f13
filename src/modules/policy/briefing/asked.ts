import { m } from '#paraglide/messages.js';
import type { Locale } from '#platform/locales.ts';
import type { EditionFigure } from './edition.ts';

/** The question of a released figure and what it is split by, in a language; nothing where the edition is older than that it says so. */
export function askedText({ question, splits = [] }: EditionFigure, locale: Locale): string | undefined {
	if (question === undefined) return undefined;
	const by = splits.length === 0 ? [] : [m.policy_briefing_figures_by({ split: splits.join(', ') }, { locale })];
	return [question, ...by].join(' · ');
}
