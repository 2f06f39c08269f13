import { m } from '#paraglide/messages.js';
import type { Locale } from '#platform/locales.ts';
import type { Endorsed } from '#modules/gaps/endorsement/endorsement.ts';
import type { Group } from '#modules/gaps/gap.ts';
import type { Component } from '#modules/gaps/ranking/priority-of-gap.ts';
import type { Rank } from '#modules/gaps/ranking/rank.ts';
import type { Weighed } from '#modules/gaps/ranking/queries.server.ts';
import { formatNumber, formatShare } from '#ui/format.ts';

const groupWords: Record<Group, () => string> = {
	women: m.gaps_group_women,
	girls: m.gaps_group_girls,
	survivors: m.gaps_group_survivors,
	children: m.gaps_group_children,
	disability: m.gaps_group_disability,
	rural: m.gaps_group_rural,
	older: m.gaps_group_older,
	returnees: m.gaps_group_returnees,
	staff: m.gaps_group_staff,
	community: m.gaps_group_community
};
/** A group of people in words. */
export const groupWord = (group: string): string => Object.entries(groupWords).find(([key]) => key === group)?.[1]() ?? group;

const componentWords: Record<Component, () => string> = { severity: m.gaps_severity, people: m.gaps_people, strength: m.gaps_strength, feasibility: m.gaps_feasibility };
/** A component of priority in words. */
export const componentWord = (component: Component): string => componentWords[component]();

const severities = [m.gaps_severity_1, m.gaps_severity_2, m.gaps_severity_3, m.gaps_severity_4, m.gaps_severity_5];
const feasibilities = [m.gaps_feasibility_1, m.gaps_feasibility_2, m.gaps_feasibility_3, m.gaps_feasibility_4, m.gaps_feasibility_5];
const anchors = { severity: severities, feasibility: feasibilities };

/** What a score from 1 to 5 stands for; a score between two is told by the nearer, upwards at a half. */
export const anchorOf = (component: 'severity' | 'feasibility', score: number): string => anchors[component][Math.round(score) - 1]?.() ?? '';

/** The scores as choices of a form, worded. */
export const scoreChoices = (component: 'severity' | 'feasibility') => anchors[component].map((word, i) => ({ value: String(i + 1), label: `${i + 1} · ${word()}` }));

/** A place among the ranked: `3`, or `2–4` when it is shared. */
export const placeText = ({ first, last }: Pick<Rank, 'first' | 'last'>, locale: Locale): string =>
	first === last ? formatNumber(first, locale) : `${formatNumber(first, locale)}–${formatNumber(last, locale)}`;

/** A gap's priority, everywhere to the same two decimals. */
export const priorityText = ({ priority }: Pick<Rank, 'priority'>, locale: Locale): string => formatNumber(priority, locale, 2);

/** How many people: a number, a range, or not known. */
export function peopleText({ peopleLow, peopleHigh }: Pick<Weighed, 'peopleLow' | 'peopleHigh'>, locale: Locale): string {
	if (peopleLow === null || peopleHigh === null) return m.gaps_unknown();
	return peopleLow === peopleHigh ? formatNumber(peopleLow, locale) : m.gaps_people_range({ low: formatNumber(peopleLow, locale), high: formatNumber(peopleHigh, locale) });
}

const endorsedWords = { both: m.gaps_endorsed_both, civil_society: m.gaps_endorsed_civil_society, authority: m.gaps_endorsed_authority, nobody: m.gaps_endorsed_nobody };
/** Who stands behind a gap, in words. */
export const endorsedText = ({ by, dissents }: Endorsed, locale: Locale): string =>
	[endorsedWords[by](), ...(dissents > 0 ? [m.gaps_dissents({ count: formatNumber(dissents, locale) })] : [])].join(' · ');
/** The tone that goes with it. */
export const endorsedTone = ({ by, dissents }: Endorsed): 'ok' | 'late' | 'plain' => (dissents > 0 ? 'late' : by === 'both' ? 'ok' : 'plain');

/** In how many weightings a place holds. */
export const holdsText = ({ holds }: Pick<Rank, 'holds'>, locale: Locale): string => m.gaps_holds_in({ share: formatShare(holds, locale) });

/** A number of a figure: shares in per cent. */
export const figureNumber = (value: number, measure: string, locale: Locale): string => (measure === 'share' ? formatShare(value, locale, 1) : formatNumber(value, locale));

/** The rule by which a gap is watched, as a sentence without its full stop. */
export function ruleText({ direction, bar, measure }: { direction: 'above' | 'below'; bar: number; measure: string }, locale: Locale): string {
	const words = direction === 'above' ? m.gaps_watch_rule_above : m.gaps_watch_rule_below;
	return words({ bar: figureNumber(bar, measure, locale) });
}
