import { m } from '#paraglide/messages.js';
import type { Locale } from '#platform/locales.ts';
import type { EditionFigure } from './edition.ts';

/** What a reader is told of cells that are held back; nothing where none is. */
export function heldBack({ rows, threshold }: EditionFigure, locale: Locale): string | undefined {
	const held = rows.some((row) => row.cells.includes('withheld'));
	return held && threshold !== undefined ? m.releases_held_back({ threshold }, { locale }) : undefined;
}
