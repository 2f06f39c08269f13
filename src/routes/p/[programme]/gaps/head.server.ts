import type { Tx } from '#platform/database.server.ts';
import { codeOf } from '#platform/codes.ts';
import { localText, type Locale } from '#platform/locales.ts';
import { getGap } from '#modules/gaps/queries.server.ts';

/** What a page about one thing to do with a gap says of the gap. @throws Problem `not-found` */
export async function readHead(tx: Tx, programmeId: string, id: string, locale: Locale) {
	const gap = await getGap(tx, programmeId, id);
	return { gap, head: { id, code: codeOf('gap', gap.number), title: localText(gap.title, locale).text } };
}
