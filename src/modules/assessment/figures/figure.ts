import { z } from 'zod';
import { fallbackChain, isLocale, localTextOf, type Locale, type LocalText } from '#platform/locales.ts';
import type { Instrument, InstrumentNode, InstrumentQuestion } from '#xforms/instrument.ts';

/** Splitting by where an answer was given rather than by another question. */
export const byPlace = '@place';

/** Groups that a picture can still tell apart. */
export const mostSeries = 4;

const blank = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable());

/** `18, 25, 35`: where bands of a number begin. */
const bands = z.preprocess(
	(value) => (typeof value === 'string' ? value.split(/[\s,;]+/).filter((part) => part !== '') : value),
	z.array(z.coerce.number().int().min(-1_000_000).max(1_000_000)).max(12)
);

/** A figure as its form sends it. */
export const figureFields = z.object({
	title: localTextOf(300),
	measure: z.enum(['count', 'share']),
	question: z.string().min(1).max(1000),
	split: blank(z.string().max(1000)),
	placeId: blank(z.uuid()),
	bands: bands.transform((list) => [...new Set(list)].sort((a, b) => a - b)).default([])
});
export type FigureFields = z.output<typeof figureFields>;

/** What a saved figure keeps beside its columns. */
export const filterSchema = z.object({ bands: z.array(z.int()) }).nullable();

const countable = new Set(['select_one', 'select_multiple', 'integer', 'acknowledge']);

/**
 * Questions that people can be counted by: answered once a person, so never inside a repeat.
 */
export function countableQuestions(instrument: Instrument): InstrumentQuestion[] {
	const outside = (nodes: readonly InstrumentNode[]): InstrumentQuestion[] =>
		nodes.flatMap((node) => {
			if (node.kind !== 'question') return node.kind === 'group' ? outside(node.children) : [];
			const listed = node.choices !== null || (node.type !== 'select_one' && node.type !== 'select_multiple');
			return countable.has(node.type) && listed ? [node] : [];
		});
	return outside(instrument.questions);
}

/** Questions whose answers divide people into a few groups. */
export const splittingQuestions = (instrument: Instrument): InstrumentQuestion[] =>
	countableQuestions(instrument).filter((question) => question.type === 'select_one');

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
	return [
		`< ${first}`,
		...starts.map((start, i) => {
			const next = starts[i + 1];
			return next === undefined ? `${start}+` : next - 1 === start ? String(start) : `${start}–${next - 1}`;
		})
	];
}
