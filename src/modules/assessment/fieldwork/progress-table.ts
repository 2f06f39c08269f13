import { m } from '#paraglide/messages.js';
import { localText, type Locale } from '#platform/locales.ts';
import { formatNumber } from '#ui/format.ts';
import { levelOf, type MapLegend, type MapRegion } from '#ui/regionMap.ts';
import type { Column } from '#ui/table.ts';
import type { PlaceProgress, RoundProgress, TeamProgress } from './progress-queries.server.ts';
import type { Progress, Standing } from './progress.ts';

/** A row of the progress tables, ready to be shown: plain values only. */
export type ProgressRow = Progress & { key: string; label: string; depth: number; href: string | null };

const order: Readonly<Record<Standing, number>> = { 'far-behind': 0, behind: 1, 'on-track': 2, reached: 3, open: 4 };

const words: Readonly<Record<Standing, (inputs: object, options: { locale: Locale }) => string>> = {
	reached: m.fieldwork_standing_reached,
	'on-track': m.fieldwork_standing_on_track,
	behind: m.fieldwork_standing_behind,
	'far-behind': m.fieldwork_standing_far_behind,
	open: m.fieldwork_standing_open
};

/** A standing in words. */
export const standingText = (standing: Standing, locale: Locale): string => words[standing]({}, { locale });

const names = ['received', 'target', 'expected', 'approved', 'hasIssues', 'rejected', 'flagged'] as const;

/** The columns of a progress table. @param of what its rows are: places or teams */
export function progressColumns(of: string, locale: Locale): (Column<ProgressRow> & { value: (row: ProgressRow) => string | number | null })[] {
	const number = (value: number | null): string => (value === null ? '–' : formatNumber(value, locale));
	const labels = {
		received: m.fieldwork_received({}, { locale }), target: m.fieldwork_target({}, { locale }), expected: m.fieldwork_expected({}, { locale }),
		approved: m.fieldwork_state_approved({}, { locale }), hasIssues: m.fieldwork_state_has_issues({}, { locale }),
		rejected: m.fieldwork_state_rejected({}, { locale }), flagged: m.fieldwork_flagged({}, { locale })
	};
	return [
		{ key: 'name', label: of, text: (row) => row.label, value: (row) => row.label, sortable: true, always: true },
		{ key: 'standing', label: m.fieldwork_standing({}, { locale }), text: (row) => standingText(row.standing, locale), value: (row) => standingText(row.standing, locale), sortable: true },
		...names.map((key) => ({ key: key.toLowerCase(), label: labels[key], text: (row: ProgressRow) => number(row[key]), value: (row: ProgressRow) => row[key], sortable: true, numeric: true })),
		{ key: 'newest', label: m.fieldwork_newest({}, { locale }), text: (row) => row.newest ?? '–', value: (row) => row.newest, sortable: true }
	];
}

/** Orders rows by a column; without one they stand as they are, places below what they lie in. */
export function sortProgress(rows: readonly ProgressRow[], sort: { key: string; descending: boolean } | undefined, locale: Locale): ProgressRow[] {
	if (!sort) return [...rows];
	const name = names.find((each) => each.toLowerCase() === sort.key);
	const compare = (a: ProgressRow, b: ProgressRow): number => {
		if (sort.key === 'standing') return order[a.standing] - order[b.standing];
		if (sort.key === 'newest') return (a.newest ?? '').localeCompare(b.newest ?? '');
		if (name) return (a[name] ?? -1) - (b[name] ?? -1);
		return a.label.localeCompare(b.label, locale === 'kaa' ? 'uz' : locale);
	};
	return rows.toSorted((a, b) => (sort.descending ? compare(b, a) : compare(a, b)));
}

export const placeRows = (places: readonly PlaceProgress[], locale: Locale): ProgressRow[] =>
	places.map(({ name, choice, depth, code: _code, kind: _kind, placeId: _place, ...row }) => {
		const place = name === null ? m.fieldwork_elsewhere({}, { locale }) : localText(name, locale).text;
		return { ...row, label: choice === null ? place : `${place} · ${choice}`, depth: choice === null ? depth : depth + 1, href: null };
	});

export const teamRows = (teams: readonly TeamProgress[], hrefOf: (id: string) => string): ProgressRow[] =>
	teams.map(({ team, ...row }) => ({ ...row, label: team.name, depth: 0, href: hrefOf(team.id) }));

/** Progress by region for the map: how much of its target each has; behind is outlined. */
export function progressMap({ places }: RoundProgress, locale: Locale): { regions: MapRegion[]; legend: MapLegend[] } {
	const regions = places
		.filter((place) => place.kind === 'region' && place.choice === null && place.name !== null)
		.map((place): MapRegion => {
			const { received, target, standing } = place;
			const late = standing === 'behind' || standing === 'far-behind';
			const text = target === null ? formatNumber(received, locale) : `${formatNumber(received, locale)} / ${formatNumber(target, locale)}`;
			const label = place.name === null ? '' : localText(place.name, locale).text;
			return { code: place.code, label, text, level: target === null ? null : levelOf(Math.min(received, target), target), marked: late, more: [standingText(standing, locale)] };
		});
	const legend = ([1, 2, 3, 4] as const).map((level): MapLegend => ({ level, label: `≤ ${level * 25} %` }));
	const marked: MapLegend[] = regions.some((region) => region.marked) ? [{ level: 'marked', label: m.fieldwork_map_behind({}, { locale }) }] : [];
	return { regions, legend: regions.some((region) => region.level !== null) ? [...legend, ...marked] : marked };
}
