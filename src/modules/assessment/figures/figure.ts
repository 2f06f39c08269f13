import { z } from 'zod';
import { fallbackChain, isLocale, localTextOf, type Locale, type LocalText } from '#platform/locales.ts';
import { queryVersion, querySchema, type Condition, type Query, type Split } from './query.ts';

const blank = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());

/** A query as a hidden field carries it. */
const carriedQuery = z
	.string()
	.max(50_000)
	.transform((text, context): unknown => {
		try {
			return JSON.parse(text);
		} catch {
			context.addIssue({ code: 'custom', message: 'figure.question-unknown' });
			return z.NEVER;
		}
	})
	.pipe(querySchema);

/** A figure as its form sends it. */
export const figureFields = z.object({
	title: localTextOf(300),
	query: carriedQuery,
	/** Only answers from this place and those below it; the figure is then seen by those who belong there. */
	placeId: blank(z.uuid()).default(null),
	/** The earlier round, for a comparison. */
	comparedRoundId: blank(z.uuid()).default(null),
	/** The figure of which this is a new version. */
	familyOf: blank(z.uuid()).default(null)
});
export type FigureFields = z.output<typeof figureFields>;

/** A query from its parts, with what is usual for the rest. */
export const simpleQuery = (roundId: string, measure: Query['measure'], of: string, more: Partial<Query> = {}): Query => ({
	v: queryVersion, roundId, measure, of, bands: [], anyOf: null, refused: [], base: 'answered', splits: [], where: null, weight: null, ...more
});

/** What a figure of the first query version kept beside its columns. */
export const filterSchema = z.object({ bands: z.array(z.int()) }).nullable();

/** The query of a saved figure, of whatever version. */
export function savedQuery(row: { roundId: string; measure: string; question: string; split: string | null; filter: unknown; query: unknown }): Query {
	if (row.query !== null) return querySchema.parse(row.query);
	const bands = filterSchema.parse(row.filter)?.bands ?? [];
	const splits: Split[] = row.split === null ? [] : row.split === '@place' ? [{ by: 'place', level: 'exact' }] : [{ by: 'answer', path: row.split, bands: [] }];
	return simpleQuery(row.roundId, row.measure === 'share' ? 'share' : 'count', row.question, { bands, splits });
}

/** The query with the place that the figure is about. */
export function placedQuery(query: Query, placeId: string | null): Query {
	if (placeId === null) return query;
	const here: Condition = { places: [placeId] };
	return { ...query, where: query.where === null ? here : { all: [here, query.where] } };
}

/** What a figure is split by, in one word for each split. */
export const splitName = (splits: readonly Split[]): string | null =>
	splits.length === 0 ? null : splits.map((split) => (split.by === 'answer' ? split.path : split.by === 'place' ? `@place:${split.level}` : '@month')).join(' ');

/** Text of an instrument in the reader's language, or in the next one that has it. */
export function instrumentText(texts: Readonly<Record<string, string>>, locale: Locale, defaultLanguage: string, otherwise: string): string {
	for (const key of [...fallbackChain[locale], defaultLanguage]) {
		const text = texts[key];
		if (text !== undefined && text !== '') return text;
	}
	return Object.values(texts).find((text) => text !== '') ?? otherwise;
}

/** Text of an instrument as content in our languages; what is in other languages only is kept as the base language. */
export function instrumentLocalText(texts: Readonly<Record<string, string>>, defaultLanguage: string, otherwise: string): LocalText {
	const kept: LocalText = {};
	for (const [key, text] of Object.entries(texts)) if (isLocale(key) && text !== '') kept[key] = text;
	return Object.keys(kept).length > 0 ? kept : { uz: instrumentText(texts, 'uz', defaultLanguage, otherwise) };
}

/** The bands of a number: `[18, 25]` makes `<18`, `18–24`, `25+`. */
export function bandLabels(starts: readonly number[]): string[] {
	const [first] = starts;
	if (first === undefined) return [];
	const whole = starts.every(Number.isInteger);
	return [
		`< ${first}`,
		...starts.map((start, i) => {
			const next = starts[i + 1];
			if (next === undefined) return `${start}+`;
			if (!whole) return `${start} – < ${next}`;
			return next - 1 === start ? String(start) : `${start}–${next - 1}`;
		})
	];
}
