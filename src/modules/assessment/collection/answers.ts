import type { JsonObject } from '#platform/schema.ts';
import type { Answer } from '#xforms/submission.ts';

/**
 * Answers as they are kept: the path of a question to its text; of a question inside a repeat to a list, one entry for each
 * instance in the order of the document. What was left empty is left out, except inside a list, where it holds the place.
 */
export function keptAnswers(answers: readonly Answer[]): JsonObject {
	const kept: JsonObject = Object.create(null);
	const lists = new Map<string, string[]>();
	for (const { path, repeatIndexes, text } of answers) {
		if (repeatIndexes.length === 0) {
			if (text !== '') kept[path] = text;
			continue;
		}
		const list = lists.get(path) ?? [];
		if (list.length === 0) {
			lists.set(path, list);
			kept[path] = list;
		}
		// Collection apps leave out what was not asked: an answer stands at its instance's place all the same. Inside several
		// repeats one list cannot tell the places apart; there the answers stand in the order of the document.
		const [instance, deeper] = repeatIndexes;
		if (instance !== undefined && deeper === undefined) while (list.length < instance - 1) list.push('');
		list.push(text);
	}
	return kept;
}
