import { measureAll } from '#modules/assessment/coding/masking/measure.ts';
import type { Generator } from '#server/generators/generator.ts';

/** What masking help finds, measured on made-up texts: the numbers that its page states. */
export const maskingRecall: Generator = {
	name: 'recall of masking help',
	async generate() {
		return { 'src/modules/assessment/coding/masking/recall.json': `${JSON.stringify(measureAll(), null, '\t')}\n` };
	}
};
