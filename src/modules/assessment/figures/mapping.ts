import { z } from 'zod';
import { localTextOf, type LocalText } from '#platform/locales.ts';
import { labelSchema, type Head } from './cells.ts';
import { instrumentLocalText } from './figure.ts';
import type { Condition, Query, Split } from './query.ts';
import type { Variable } from './variables.ts';

/** How two questions compare: the same; the same with choices renamed; with choices put together; not at all. */
export const mappingKinds = ['same', 'recoded', 'merged', 'not_comparable'] as const;
export type MappingKind = (typeof mappingKinds)[number];

/** One category that both rounds are counted by, and the choices of each that belong to it. */
export const categorySchema = z.object({ key: z.string().min(1).max(200), label: labelSchema, earlier: z.array(z.string()), later: z.array(z.string()) });
export type Category = z.output<typeof categorySchema>;

/** What is stated about two questions. */
export type Mapping = {
	readonly id: string | null;
	readonly earlierPath: string;
	readonly laterPath: string;
	readonly kind: MappingKind;
	/** Of choices; empty for numbers. */
	readonly choices: readonly Category[];
	/** Of numbers: what an earlier answer is multiplied by, when the unit changed. */
	readonly scale: number | null;
};

/** A mapping as its form sends it: for every earlier choice the later one that it belongs to. */
export const mappingFields = z.object({
	earlierPath: z.string().min(1).max(1000),
	laterPath: z.string().min(1).max(1000),
	kind: z.enum(mappingKinds),
	reason: localTextOf(2000),
	scale: z.preprocess((value) => (value === '' || value === undefined ? null : value), z.coerce.number().positive().max(1e9).nullable()),
	/** `key of an earlier choice` -> key of a later one, or empty: it has none. */
	to: z.record(z.string(), z.string().max(200)).default({}),
	/** `key of a later choice` -> key of a later choice that it is put together with, or empty: counted for itself. */
	merge: z.record(z.string(), z.string().max(200)).default({})
});
export type MappingFields = z.output<typeof mappingFields>;

/** The categories that a form's statement comes to: one for each later choice that is not put together with another. */
export function categoriesOf(later: Variable, { to, merge }: Pick<MappingFields, 'to' | 'merge'>, defaultLanguage: string): Category[] {
	const home = (key: string): string => {
		const next = merge[key];
		return next === undefined || next === '' || next === key ? key : next;
	};
	const heads = later.options.filter(({ key }) => home(key) === key);
	return heads.map(({ key }) => {
		const members = later.options.filter((option) => home(option.key) === key);
		const label = members.length === 1 ? labelOf(members[0], defaultLanguage, key) : joinedWords(members.map((member) => labelOf(member, defaultLanguage, member.key)));
		const earlier = Object.entries(to).flatMap(([from, into]) => (into !== '' && home(into) === key ? [from] : []));
		return { key, label, earlier, later: members.map((member) => member.key) };
	});
}

const labelOf = (option: Variable['options'][number] | undefined, language: string, key: string): LocalText => instrumentLocalText(option?.labels ?? {}, language, key);

function joinedWords(labels: readonly LocalText[]): LocalText {
	const languages = new Set(labels.flatMap((label) => Object.keys(label)));
	return labelSchema.parse(Object.fromEntries([...languages].map((locale) => [locale, labels.map((label) => Object.entries(label).find(([key]) => key === locale)?.[1] ?? Object.values(label)[0] ?? '').join(' / ')])));
}

/** What needs no statement: a question that stands in both versions under the same path, with the same kind and the same choices. */
export function unchanged(earlier: Variable | undefined, later: Variable, defaultLanguage: string): Mapping | null {
	if (!earlier || earlier.kind !== later.kind || earlier.path !== later.path) return null;
	const keys = later.options.map((option) => option.key);
	if (earlier.options.length !== keys.length || earlier.options.some((option) => !keys.includes(option.key))) return null;
	const choices = later.options.map((option) => ({ key: option.key, label: labelOf(option, defaultLanguage, option.key), earlier: [option.key], later: [option.key] }));
	return { id: null, earlierPath: earlier.path, laterPath: later.path, kind: 'same', choices, scale: null };
}

/** For counting one of the two rounds: which category a choice belongs to, and by what numbers are multiplied. */
export type Recode = { readonly categories: ReadonlyMap<string, string>; readonly heads: readonly Head[]; readonly scale: number };

export function recodeOf(mapping: Mapping, side: 'earlier' | 'later'): Recode {
	return {
		categories: new Map(mapping.choices.flatMap((category) => category[side].map((key) => [key, category.key] as const))),
		heads: mapping.choices.map(({ key, label }) => ({ key, label })),
		scale: side === 'earlier' ? (mapping.scale ?? 1) : 1
	};
}

/** A filter that cuts through a category cannot be put to the earlier round. */
export class CutCategory extends Error {}

/** The query of the later round as it is put to the earlier one. @throws CutCategory */
export function earlierQuery(later: Query, earlierRoundId: string, mappings: ReadonlyMap<string, Mapping>): Query {
	const path = (laterPath: string): string => mappings.get(laterPath)?.earlierPath ?? laterPath;
	const split = (each: Split): Split => (each.by === 'answer' ? { ...each, path: path(each.path) } : each);
	return {
		...later,
		roundId: earlierRoundId,
		of: path(later.of),
		refused: earlierRefused(later.refused, mappings.get(later.of)),
		splits: later.splits.map(split),
		where: later.where === null ? null : earlierCondition(later.where, mappings),
		weight: later.weight === null ? null : path(later.weight)
	};
}

/** The earlier choices that count as no answer: those of categories of which every later choice does. */
function earlierRefused(refused: readonly string[], mapping: Mapping | undefined): string[] {
	if (!mapping || mapping.choices.length === 0) return [...refused];
	return mapping.choices.filter(({ later }) => later.length > 0 && later.every((key) => refused.includes(key))).flatMap(({ earlier }) => earlier);
}

function earlierCondition(condition: Condition, mappings: ReadonlyMap<string, Mapping>): Condition {
	const inner = (each: Condition): Condition => earlierCondition(each, mappings);
	if ('all' in condition) return { all: condition.all.map(inner) };
	if ('any' in condition) return { any: condition.any.map(inner) };
	if ('not' in condition) return { not: inner(condition.not) };
	if ('answered' in condition) return { answered: mappings.get(condition.answered)?.earlierPath ?? condition.answered };
	if (!('answer' in condition)) return condition;
	const mapping = mappings.get(condition.answer);
	if (!mapping) return condition;
	if (!('is' in condition)) {
		const scale = mapping.scale ?? 1;
		const { from, to } = condition;
		return { answer: mapping.earlierPath, ...(from === undefined ? {} : { from: from / scale }), ...(to === undefined ? {} : { to: to / scale }) };
	}
	const touched = mapping.choices.filter((category) => category.later.some((key) => condition.is.includes(key)));
	const covered = touched.flatMap((category) => category.later);
	if (covered.some((key) => !condition.is.includes(key)) || condition.is.some((key) => !covered.includes(key))) throw new CutCategory();
	const keys = touched.flatMap((category) => category.earlier);
	// Nobody gave a choice that did not exist.
	return keys.length === 0 ? { any: [] } : { answer: mapping.earlierPath, is: keys };
}
