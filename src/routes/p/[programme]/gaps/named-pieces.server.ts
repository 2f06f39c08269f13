import type { Tx } from '#platform/database.server.ts';
import { codeOf } from '#platform/codes.ts';
import { localText, type Locale } from '#platform/locales.ts';
import type { Strength } from '#modules/assessment/strength/strength.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { recordPath } from '#thread/paths.ts';
import { recordsById } from '#thread/queries.server.ts';

/** The pieces of evidence that are open to the reader, by id, as links. */
export async function namedPieces(tx: Tx, programmeId: string, locale: Locale, strength: Strength): Promise<Record<string, { label: string; href: string }>> {
	const found = await recordsById(tx, programmeId, strength.pieces.map((piece) => piece.id));
	return Object.fromEntries(
		found.map(({ id, kind, number, title }) => [id, { label: `${codeOf(kind, number)} · ${localText(title, locale).text.slice(0, 120)}`, href: localizeHref(recordPath(programmeId, kind, id)) }])
	);
}
