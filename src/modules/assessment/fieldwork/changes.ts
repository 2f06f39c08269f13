import type { Answers } from './quality/observe.ts';

/** What an edit made of one answer; `instance` counts from 1 inside a repeat. Empty: there was, or is, no answer. */
export type FieldChange = { readonly path: string; readonly instance: number | null; readonly before: string; readonly after: string };

/** The answers that differ between two versions of a submission, field by field, in the order of the paths given. */
export function fieldChanges(paths: readonly string[], before: Answers, after: Answers): FieldChange[] {
	return paths.flatMap((path): FieldChange[] => {
		const [old, now] = [before[path], after[path]];
		if (!Array.isArray(old) && !Array.isArray(now)) {
			const [from, to] = [textOf(old), textOf(now)];
			return from === to ? [] : [{ path, instance: null, before: from, after: to }];
		}
		const [from, to] = [listOf(old), listOf(now)];
		return Array.from({ length: Math.max(from.length, to.length) }, (_, i) => ({ path, instance: i + 1, before: from[i] ?? '', after: to[i] ?? '' })).filter((change) => change.before !== change.after);
	});
}

const textOf = (value: string | readonly string[] | undefined): string => (typeof value === 'string' ? value : '');
const listOf = (value: string | readonly string[] | undefined): readonly string[] => (value === undefined ? [] : typeof value === 'string' ? [value] : value);
