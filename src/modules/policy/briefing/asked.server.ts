import { savedQuery } from '#modules/assessment/figures/figure.ts';
import { variablesOf } from '#modules/assessment/figures/variables.ts';
import { questionText, splitText } from '#modules/assessment/figures/words.ts';
import type { Tx } from '#platform/database.server.ts';
import type { Locale } from '#platform/locales.ts';
import { instrumentSchema } from '#xforms/instrument.ts';

/** A figure as it is saved; nothing of it where a block shows none, or one that the actor may not see. */
type Saved = {
	readonly figureId: string | null; readonly roundId: string | null; readonly measure: string | null; readonly question: string | null;
	readonly split: string | null; readonly filter: unknown; readonly query: unknown;
};

/** What a figure asked, in the words of its instrument: the question, and by what the answers are told apart. */
export type Asked = (locale: Locale) => { question: string; splits: string[] };

/** What some figures asked, by figure; one statement. A figure whose instrument the actor may not see has nothing said of it. */
export async function askedBy(tx: Tx, figures: readonly Saved[]): Promise<ReadonlyMap<string, Asked>> {
	const rounds = [...new Set(figures.flatMap(({ roundId }) => roundId ?? []))];
	const asked = new Map<string, Asked>();
	if (rounds.length === 0) return asked;
	const rows = await tx
		.selectFrom('assessment.round as r')
		.innerJoin('assessment.instrumentVersion as v', 'v.id', 'r.instrumentVersionId')
		.select(['r.id', 'v.model'])
		.where('r.id', 'in', rounds)
		.execute();
	const instruments = new Map(rows.map(({ id, model }) => [id, instrumentSchema.parse(model)]));
	for (const { figureId, roundId, measure, question, split, filter, query } of figures) {
		const instrument = instruments.get(roundId ?? '');
		if (!instrument || figureId === null || roundId === null || measure === null || question === null) continue;
		const { of, splits } = savedQuery({ roundId, measure, question, split, filter, query });
		const variables = variablesOf(instrument);
		asked.set(figureId, (locale) => {
			const tongue = { locale, instrument, variables, places: [] };
			return { question: questionText(of, tongue), splits: splits.map((each) => splitText(each, tongue)) };
		});
	}
	return asked;
}
