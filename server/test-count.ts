import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** How many tests passed, failed, and were skipped. */
export type Count = { passed: number; failed: number; skipped: number };

const recordSchema = z.object({
	numPassedTests: z.number().int(),
	numFailedTests: z.number().int(),
	numPendingTests: z.number().int(),
	numTodoTests: z.number().int().default(0),
	testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) }))
});

/**
 * Reads vitest's own record. A file that failed before any of its tests could run counts as one failure.
 *
 * @param file the JSON reporter's output; when it is not there the run broke, which counts as one failure
 */
export function countTests(file: string): Count {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch {
		return { passed: 0, failed: 1, skipped: 0 };
	}
	const record = recordSchema.parse(JSON.parse(text));
	const broken = record.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
	return {
		passed: record.numPassedTests,
		failed: record.numFailedTests + broken.length,
		skipped: record.numPendingTests + record.numTodoTests
	};
}

/** The last line of a run: `12 passed, 0 failed`, with `, 1 skipped` when something was. */
export const closingLine = ({ passed, failed, skipped }: Count): string =>
	`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
