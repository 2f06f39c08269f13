import type { Filled } from './filled.ts';

/** What an edit made of one answer; `instance` counts from 1 inside a repeat, `2.1` in one within another. Empty: there was, or is, no answer. */
export type FieldChange = { readonly path: string; readonly instance: string | null; readonly before: string; readonly after: string };

/** The answers that differ between two versions of a submission, field by field, in the order of the paths given. */
export const fieldChanges = (paths: readonly string[], before: Filled, after: Filled): FieldChange[] =>
	paths.flatMap((path) => {
		const places = new Map([...before.places(path), ...after.places(path)].map((indexes) => [indexes.join('.'), indexes]));
		return [...places]
			.sort(([, a], [, b]) => inOrder(a, b))
			.map(([instance, indexes]) => ({ path, instance: instance || null, before: before.text(path, indexes), after: after.text(path, indexes) }))
			.filter((change) => change.before !== change.after);
	});

function inOrder(a: readonly number[], b: readonly number[]): number {
	const depth = a.findIndex((index, i) => index !== b[i]);
	return depth === -1 ? 0 : (a[depth] ?? 0) - (b[depth] ?? 0);
}
