import { z } from 'zod';

/** Version of the way figures are counted; a figure keeps the one it was counted with. */
export const queryVersion = 2;

/** Groups into which two splits together may divide a figure. */
export const mostGroups = 150;

const path = z.string().min(1).max(1000).startsWith('/');
const choiceKeys = z.array(z.string().min(1).max(200)).min(1).max(500);
const bands = z.array(z.number().min(-1e12).max(1e12)).max(12).transform((list) => [...new Set(list)].sort((a, b) => a - b));
const day = z.iso.date();

/** What a row has to be for being counted. On a repeat inside: that at least one instance is so. */
export type Condition =
	| { readonly all: readonly Condition[] }
	| { readonly any: readonly Condition[] }
	| { readonly not: Condition }
	/** One of these choices was given. */
	| { readonly answer: string; readonly is: readonly string[] }
	/** A number or a day from (and with) one to (and with) another. */
	| { readonly answer: string; readonly from?: number | undefined; readonly to?: number | undefined }
	/** Anything was answered. */
	| { readonly answered: string }
	/** At one of these places or below. */
	| { readonly places: readonly string[] }
	/** Received between these days, both counted, in the programme's time zone. */
	| { readonly receivedFrom?: string | undefined; readonly receivedTo?: string | undefined };

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
	z.union([
		z.strictObject({ all: z.array(conditionSchema).max(30) }),
		z.strictObject({ any: z.array(conditionSchema).max(30) }),
		z.strictObject({ not: conditionSchema }),
		z.strictObject({ answer: path, is: choiceKeys }),
		z.strictObject({ answer: path, from: z.number().optional(), to: z.number().optional() }),
		z.strictObject({ answered: path }),
		z.strictObject({ places: z.array(z.uuid()).min(1).max(300) }),
		z.strictObject({ receivedFrom: day.optional(), receivedTo: day.optional() })
	])
);

export const placeLevels = ['region', 'district', 'exact'] as const;

export const splitSchema = z.union([
	z.strictObject({ by: z.literal('answer'), path, bands: bands.default([]) }),
	z.strictObject({ by: z.literal('place'), level: z.enum(placeLevels) }),
	z.strictObject({ by: z.literal('month') })
]);
export type Split = z.output<typeof splitSchema>;

export const measures = ['count', 'share', 'mean', 'median', 'sum'] as const;
export type Measure = (typeof measures)[number];
export const isAverage = (measure: Measure): boolean => measure === 'mean' || measure === 'median' || measure === 'sum';

/** What is counted. Smallest and largest values are not offered: they are one person's answer. */
export const querySchema = z.strictObject({
	v: z.literal(queryVersion),
	roundId: z.uuid(),
	measure: z.enum(measures),
	/** XPath of the question, the repeat's question or the calculated field. */
	of: path,
	/** Of a number that is counted: where its bands begin. */
	bands: bands.default([]),
	/** Only whether any of these choices was given, as one row; null: every choice a row. */
	anyOf: choiceKeys.nullable().default(null),
	/** Choices that count as refusing to answer: they leave the base of those who answered. */
	refused: z.array(z.string().min(1).max(200)).max(50).default([]),
	/** Whom a share is of: those who answered, or all who were asked. */
	base: z.enum(['answered', 'asked']).default('answered'),
	splits: z.array(splitSchema).max(2).default([]),
	where: conditionSchema.nullable().default(null),
	/** XPath of a number by which answers weigh; shares and means only. */
	weight: path.nullable().default(null)
});
export type Query = z.output<typeof querySchema>;

/** Every question that a condition asks about. */
export function pathsIn(condition: Condition | null): string[] {
	if (condition === null) return [];
	if ('all' in condition) return condition.all.flatMap(pathsIn);
	if ('any' in condition) return condition.any.flatMap(pathsIn);
	if ('not' in condition) return pathsIn(condition.not);
	if ('answer' in condition) return [condition.answer];
	return 'answered' in condition ? [condition.answered] : [];
}

/** Every question that a query needs the answers to. */
export const pathsOf = (query: Query): string[] => [
	...new Set([
		query.of,
		...(query.weight === null ? [] : [query.weight]),
		...query.splits.flatMap((split) => (split.by === 'answer' ? [split.path] : [])),
		...pathsIn(query.where)
	])
];
