import { levelOf, levelNames, wordsOf, type Column, type Level, type Slab } from './columns.ts';
import type { Variable } from './variables.ts';

/** Version of the way columns are written; blocks of another are written anew. */
export const layout = 1;

/** Submissions that one block holds at most. */
export const blockSize = 8192;

/** A column as it is kept: little-endian numbers. */
export type KeptColumn = { readonly key: string; readonly rows: number; readonly data: Uint8Array };

const bytesOf = (array: Int16Array | Int32Array | Uint32Array | Float64Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** The columns that a slab is kept as. Keys: `c/data/age` codes, `n/data/age` numbers, `b/data/needs` bits, `p/data/child` parents, `r` received. */
export function keptColumns(slab: Slab): KeptColumn[] {
	const columns: KeptColumn[] = [{ key: 'r', rows: slab.received.length, data: bytesOf(slab.received) }];
	for (const [name, { rows, parents, columns: all }] of slab.levels) {
		if (parents) columns.push({ key: `p${name}`, rows, data: bytesOf(parents) });
		for (const [path, { codes, numbers, bits }] of all) {
			columns.push({ key: `c${path}`, rows, data: bytesOf(codes) });
			if (numbers) columns.push({ key: `n${path}`, rows, data: bytesOf(numbers) });
			if (bits) columns.push({ key: `b${path}`, rows, data: bytesOf(bits) });
		}
	}
	return columns;
}

/** The keys of the columns that figures about these questions need; every level's parents among them. */
export function keysFor(variables: readonly Variable[]): string[] {
	return ['r', ...levelNames(variables).slice(1).map((level) => `p${level}`), ...variables.flatMap(({ path, kind }) => [
		`c${path}`,
		...(kind === 'number' || kind === 'date' ? [`n${path}`] : []),
		...(kind === 'choices' ? [`b${path}`] : [])
	])];
}

/** The bytes in memory of their own, aligned for numbers. */
function aligned(data: Uint8Array): ArrayBuffer {
	const copy = new ArrayBuffer(data.byteLength);
	new Uint8Array(copy).set(data);
	return copy;
}

/** Reads a kept column once; what comes out is shared by all figures and never written to. */
export function typed(key: string, data: Uint8Array): TypedColumn {
	const buffer = aligned(data);
	switch (key[0]) {
		case 'c':
			return new Int16Array(buffer);
		case 'p':
			return new Int32Array(buffer);
		case 'b':
			return new Uint32Array(buffer);
		default:
			return new Float64Array(buffer);
	}
}
export type TypedColumn = Int16Array | Int32Array | Uint32Array | Float64Array;

/** A slab of the columns of a block. @param column of a key, undefined where the block has none */
export function slabFrom(variables: readonly Variable[], places: readonly (string | null)[], holes: ReadonlySet<number>, column: (key: string) => TypedColumn | undefined): Slab {
	const received = column('r');
	const submissions = places.length;
	const levels = new Map<string, Level>();
	for (const name of levelNames(variables)) {
		const parents = name === '' ? null : column(`p${name}`);
		const rows = name === '' ? submissions : (parents?.length ?? 0);
		const columns = new Map<string, Column>();
		for (const variable of variables.filter((each) => levelOf(each) === name)) {
			const [codes, numbers, bits] = [column(`c${variable.path}`), column(`n${variable.path}`), column(`b${variable.path}`)];
			columns.set(variable.path, {
				codes: codes instanceof Int16Array ? codes : new Int16Array(rows).fill(-1),
				numbers: numbers instanceof Float64Array ? numbers : null,
				bits: bits instanceof Uint32Array ? bits : variable.kind === 'choices' ? new Uint32Array(rows * wordsOf(variable)) : null
			});
		}
		levels.set(name, { rows, parents: parents instanceof Int32Array ? parents : null, columns });
	}
	return { levels, places, received: received instanceof Float64Array ? received : new Float64Array(submissions), holes };
}
