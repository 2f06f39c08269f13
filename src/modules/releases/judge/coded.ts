import type { Mapping } from '#modules/assessment/figures/mapping.ts';
import type { SideName } from '#modules/assessment/figures/sides.ts';

/**
 * For one round of a comparison, by its own questions: the choices that each category stands for (null: not by categories), and by what
 * numbers were multiplied. Plain data, so that it can be sent to another thread.
 */
export type Coded = Readonly<Record<string, { readonly choices: Readonly<Record<string, readonly string[]>> | null; readonly scale: number }>>;

/** What stated mappings come to for the answers of one of the two rounds. */
export function codedOf(mappings: readonly Mapping[], side: SideName): Coded {
	return Object.fromEntries(
		mappings.map(({ earlierPath, laterPath, choices, scale }) => [
			side === 'earlier' ? earlierPath : laterPath,
			{ choices: choices.length === 0 ? null : Object.fromEntries(choices.map((category) => [category.key, category[side]])), scale: side === 'earlier' ? (scale ?? 1) : 1 }
		])
	);
}

/** The choices that these keys of rows or groups stand for. */
export const choicesFor = (coded: Coded, path: string, keys: readonly string[]): readonly string[] => {
	const categories = coded[path]?.choices;
	return categories ? keys.flatMap((key) => categories[key] ?? []) : keys;
};

/** The choices that stand in any category; null where all count. */
export const choicesIn = (coded: Coded, path: string): readonly string[] | null => {
	const categories = coded[path]?.choices;
	return categories ? [...new Set(Object.values(categories).flat())] : null;
};

/** A number in the figure as the answers have it. */
export const unscaled = (coded: Coded, path: string, value: number): number => value / (coded[path]?.scale ?? 1);
