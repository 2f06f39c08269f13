import { existsSync, readFileSync } from 'node:fs';
import type { Check } from '#server/checks/check.ts';
import { generators } from '#server/generators/all.ts';

/** Every derived file is what its generator would write now. */
export const generatedCheck: Check = {
	name: 'generated files are up to date',
	async run() {
		const problems: string[] = [];
		for (const { generate } of generators) {
			for (const [file, text] of Object.entries(await generate())) {
				if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
					problems.push(`${file} is not up to date: run bin/hamkor generate`);
				}
			}
		}
		return problems;
	}
};
