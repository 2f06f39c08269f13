import { getMappings, namedBasis } from '#modules/assessment/figures/compare.server.ts';
import { cautionOf } from '#modules/assessment/figures/compare.ts';
import { questionText } from '#modules/assessment/figures/words.ts';
import type { Tx } from '#platform/database.server.ts';
import type { Locale } from '#platform/locales.ts';
import type { ComparisonFacts } from './comparison.ts';

/** A figure that compares two rounds. */
type Compared = { readonly figureId: string | null; readonly roundId: string | null; readonly comparedRoundId: string | null; readonly mappings: readonly string[] | null };

/** What a reader has to know of the comparisons among some figures, by figure. */
export async function comparisonFacts(tx: Tx, figures: readonly Compared[]): Promise<ReadonlyMap<string, ComparisonFacts>> {
	const facts = new Map<string, ComparisonFacts>();
	for (const { figureId, roundId, comparedRoundId, mappings } of figures) {
		if (figureId === null || roundId === null || comparedRoundId === null || facts.has(figureId)) continue;
		const [earlier, later] = [await namedBasis(tx, comparedRoundId), await namedBasis(tx, roundId)];
		const statements = (await getMappings(tx, mappings ?? [])).map(({ laterPath, kind, reason }) => ({ kind, reason, question: (locale: Locale) => questionText(laterPath, { ...later, locale }) }));
		facts.set(figureId, { earlier: earlier.name, later: later.name, caution: cautionOf(earlier.sampling, later.sampling), statements });
	}
	return facts;
}
