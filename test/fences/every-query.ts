import { globSync } from 'node:fs';
import path from 'node:path';

/** A function of a module's `queries` file that reads the database, with the names of its parameters after `tx`. */
export type Query = { readonly name: string; readonly parameters: readonly string[]; readonly call: (...args: unknown[]) => unknown };

/** Every query of the program, found by the names of files: a new file or function is among them without being told. */
export async function everyQuery(): Promise<Query[]> {
	const files = globSync('src/**/*queries.server.ts').sort();
	const found: Query[] = [];
	for (const file of files) {
		const module: Record<string, unknown> = await import(path.resolve(file));
		for (const [name, value] of Object.entries(module)) {
			if (!isFunction(value)) continue;
			const [first, ...parameters] = parameterNames(value);
			if (first === 'tx') found.push({ name: `${file.replace(/^src\/(?:modules\/)?/, '').replace(/\/?[\w-]*\.?queries\.server\.ts$/, '')}.${name}`, parameters, call: value });
		}
	}
	return found;
}

const isFunction = (value: unknown): value is (...args: unknown[]) => unknown => typeof value === 'function';

/** Reads the names of a function's parameters off its text; what is taken apart in the head is called by its parts: `{ search, state }`. */
export function parameterNames(of: (...args: unknown[]) => unknown): string[] {
	const text = of.toString();
	const open = text.indexOf('(');
	const names: string[] = [];
	let depth = 0;
	let current = '';
	for (const letter of text.slice(open)) {
		if ('([{'.includes(letter) && ++depth === 1) continue;
		if (')]}'.includes(letter) && --depth === 0) break;
		if (letter === ',' && depth === 1) {
			names.push(current);
			current = '';
		} else current += letter;
	}
	return [...names, current].map((each) => each.replace(/\s*=[^{]*(?:\{\s*\})?\s*$/s, '').replace(/\s+/g, ' ').trim()).filter((each) => each !== '');
}
