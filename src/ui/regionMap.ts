import { regionShapes } from './regionShapes.ts';

/** What one region of a map says. */
export interface MapRegion {
	/** ISO 3166-2, such as `UZ-JI`. Without an outline the region stands in the table alone. */
	code: string | null;
	label: string;
	/** What is written on the region and in the table: short, such as `41%` or `12 / 40`. */
	text: string;
	/** How dark: 0 (nothing) to 4; `hidden` is hatched: a value that may not be seen; null has no value at all. */
	level: MapLevel;
	/** Further columns of the table, in the order of `columns`. */
	more?: readonly string[];
	href?: string | undefined;
	/** Outlined as needing attention; said in words by `text` or `more` as well. */
	marked?: boolean;
}
export type MapLevel = 0 | 1 | 2 | 3 | 4 | 'hidden' | null;

/** One line of the legend. */
export type MapLegend = { level: Exclude<MapLevel, null> | 'marked'; label: string };

/**
 * Sorts a number into four classes of even width between nothing and the largest.
 * @param value zero or more; @param largest of all the regions shown
 */
export function levelOf(value: number, largest: number): 0 | 1 | 2 | 3 | 4 {
	if (value <= 0 || largest <= 0) return 0;
	const share = value / largest;
	return share > 0.75 ? 4 : share > 0.5 ? 3 : share > 0.25 ? 2 : 1;
}

/** How opaque the colour of each class is. */
export const opacities: Readonly<Record<0 | 1 | 2 | 3 | 4, number>> = { 0: 0, 1: 0.18, 2: 0.36, 3: 0.58, 4: 0.82 };

/** Where a region too small for its value has it written instead, joined to it by a line. */
export const asides: Readonly<Record<string, { x: number; y: number }>> = { 'UZ-TK': { x: 722, y: 268 } };

/** The country of a code, if its outlines are known: then all its regions are drawn, also those without a value. */
export function drawnCodes(regions: readonly MapRegion[]): string[] {
	const countries = new Set(regions.flatMap(({ code }) => (code !== null && code in regionShapes ? [code.slice(0, 3)] : [])));
	return Object.keys(regionShapes).filter((code) => countries.has(code.slice(0, 3)));
}
