import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generators } from '#server/generators/all.ts';
import { takesNothing } from './arguments.ts';

export const help = `
hamkor generate

Writes the files that are derived from others: the page of settings, the glossary, the Uzbek messages in Cyrillic, and the types
and text of the database. "hamkor check" fails when one of them is not up to date.
`;

export async function run(args: string[]): Promise<number> {
	takesNothing(args, help);
	for (const generator of generators) {
		for (const [file, text] of Object.entries(await generator.generate())) {
			if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
			mkdirSync(path.dirname(file), { recursive: true });
			writeFileSync(file, text);
			process.stdout.write(`wrote ${file}\n`);
		}
	}
	return 0;
}
