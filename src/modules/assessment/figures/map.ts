import { localText, type Locale, type LocalText } from '#platform/locales.ts';
import { formatNumber, formatShare } from '#ui/format.ts';
import { levelOf, type MapLegend, type MapRegion } from '#ui/regionMap.ts';
import type { Cell, FigureCells } from './cells.ts';
import type { Query } from './query.ts';

/** A figure by region as a map of one of its rows. */
export type FigureMap = { id: string; title: string; measure: string; regions: MapRegion[]; legend: MapLegend[] };

/** Words that a map is told in. */
export type MapWords = { readonly title: string; readonly measure: string; readonly withheld: string };

/**
 * The map of a figure that is split by region and by nothing else; null for every other one.
 * @param row key of the row that is drawn; the first when there is no such row
 */
export function figureMap(cells: FigureCells, query: Query, places: readonly { id: string; code: string | null }[], words: MapWords, locale: Locale, row?: string): FigureMap | null {
	const [split, second] = query.splits;
	if (split?.by !== 'place' || split.level !== 'region' || second !== undefined || cells.series.some((series) => (series.parts?.length ?? 0) > 1)) return null;
	const drawn = cells.rows.find((each) => each.key === row) ?? cells.rows[0];
	if (!drawn) return null;
	const values = drawn.cells.map((cell) => valueOf(cell, query));
	const largest = Math.max(0, ...values.map((value) => value ?? 0));
	const code = new Map(places.map((place) => [place.id, place.code]));
	const label = (text: LocalText): string => localText(text, locale).text;
	const regions = cells.series.map((series, j): MapRegion => {
		const cell = drawn.cells[j];
		const value = values[j];
		if (value === undefined || cell === undefined || typeof cell === 'string') return { code: code.get(series.key) ?? null, label: label(series.label), text: words.withheld, level: 'hidden' };
		const text = query.measure === 'share' ? formatShare(value, locale) : formatNumber(value, locale, Number.isInteger(value) ? 0 : 1);
		return { code: code.get(series.key) ?? null, label: label(series.label), text, level: levelOf(value, largest) };
	});
	const hidden: MapLegend[] = regions.some((region) => region.level === 'hidden') ? [{ level: 'hidden', label: words.withheld }] : [];
	const classes = ([1, 2, 3, 4] as const).map((level): MapLegend => ({ level, label: `≤ ${query.measure === 'share' ? formatShare((largest * level) / 4, locale) : formatNumber((largest * level) / 4, locale, 1)}` }));
	const name = label(drawn.label);
	return { id: 'figure-map', title: name === '' ? words.title : `${words.title} · ${name}`, measure: words.measure, regions, legend: largest > 0 ? [...classes, ...hidden] : hidden };
}

function valueOf(cell: Cell, { measure }: Query): number | undefined {
	if (typeof cell === 'string') return undefined;
	if (measure === 'count') return cell.count;
	return measure === 'share' ? (cell.share ?? undefined) : cell.value;
}
